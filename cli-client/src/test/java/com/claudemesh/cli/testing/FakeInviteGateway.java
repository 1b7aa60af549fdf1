package com.claudemesh.cli.testing;

import com.claudemesh.cli.net.InviteGateway;
import com.claudemesh.protocol.crypto.InviteLink;
import com.claudemesh.protocol.crypto.InviteV1;
import com.claudemesh.protocol.crypto.SigningKeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server that knows one invite under every code, and has no claims. */
public final class FakeInviteGateway implements InviteGateway {
    private final SigningKeyPair owner = SigningKeyPair.generate();
    private final List<Enrolled> enrolled = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private InviteV1 invite = signed("mesh-1", "crew", TestHost.NOW.getEpochSecond() + 3600);

    /** Who was enrolled, and as what. */
    public record Enrolled(String pubkey, String displayName) {}

    public InviteV1 signed(String meshId, String slug, long expiresAtSeconds) {
        return new InviteV1(
                        meshId,
                        slug,
                        "ws://127.0.0.1:9/ws",
                        expiresAtSeconds,
                        "cm9vdGtleXJvb3RrZXlyb290a2V5cm9vdGtleXJvb3Q",
                        "member",
                        owner.publicHex(),
                        "")
                .sign(owner.secretHex());
    }

    public void offer(InviteV1 other) {
        invite = other;
    }

    public List<Enrolled> enrolled() {
        return enrolled;
    }

    public List<String> asked() {
        return asked;
    }

    @Override
    public Optional<Preview> preview(InviteLink.Code code) {
        asked.add(code.origin() + "/i/" + code.code());
        return Optional.of(new Preview(
                Optional.of(invite.meshId()), Optional.of(invite.brokerUrl()), Optional.of(invite.token())));
    }

    @Override
    public ClaimOutcome claim(InviteLink.Code code, Optional<String> brokerUrl, Claimant claimant) {
        return new ClaimOutcome.NotOffered();
    }

    @Override
    public Enrolment enrol(ResolvedInvite resolved, SigningKeyPair keys, String displayName) {
        enrolled.add(new Enrolled(keys.publicHex(), displayName));
        return new Enrolment("member-" + enrolled.size(), false);
    }
}

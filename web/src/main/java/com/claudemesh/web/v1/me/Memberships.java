package com.claudemesh.web.v1.me;

import com.claudemesh.mesh.MemberView;
import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.mesh.MeshListing;
import com.claudemesh.mesh.MeshQuery;
import com.claudemesh.mesh.Meshes;
import com.claudemesh.web.Answer;
import com.claudemesh.web.v1.ApiProblem;
import com.claudemesh.web.v1.CurrentKey;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The meshes of the person that the current request's key acts for. */
@RequestScoped
public class Memberships {

    @Inject
    private CurrentKey key;

    @Inject
    private Meshes meshes;

    @Inject
    private MeshDirectory directory;

    /**
     * The account of the key's issuer.
     *
     * @throws ApiProblem 403 when the key is for some topics only
     * @throws jakarta.ws.rs.WebApplicationException 400 when the issuer belongs to no account
     */
    String accountId() {
        if (!key.grant().coversAllTopics()) {
            throw ApiProblem.of(403, "error.api_key_topic_out_of_scope");
        }
        String account = key.issuer().accountId();
        if (account == null) {
            throw Answer.stop(Answer.error(400, "issuer_member_has_no_user"));
        }
        return account;
    }

    /** By slug. In a mesh where the person has several members it is the issuer, else the one that may do most. */
    List<Membership> all() {
        String account = accountId();
        return meshes.listOf(account, MeshQuery.live()).meshes().stream()
                .flatMap(mesh -> member(mesh, account).map(member -> new Membership(mesh, member)).stream())
                .sorted(Comparator.comparing(
                                (Membership membership) -> membership.mesh().slug())
                        .thenComparing(membership -> membership.mesh().meshId()))
                .toList();
    }

    private Optional<MemberView> member(MeshListing mesh, String account) {
        List<MemberView> members = directory.membersOfAccount(mesh.meshId(), account);
        return members.stream()
                .filter(member -> member.memberId().equals(key.grant().issuerMemberId()))
                .findFirst()
                .or(() -> members.stream()
                        .min(Comparator.comparing(MemberView::standing)
                                .reversed()
                                .thenComparing(MemberView::memberId)));
    }
}

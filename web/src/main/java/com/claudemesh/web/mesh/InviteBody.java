package com.claudemesh.web.mesh;

import com.claudemesh.identity.EmailAddress;
import com.claudemesh.invite.InvitePreset;
import com.claudemesh.invite.InviteWish;
import com.claudemesh.mesh.Role;
import com.claudemesh.platform.DisplayName;
import com.claudemesh.protocol.Limits;
import com.claudemesh.protocol.frame.GroupLabel;
import com.claudemesh.protocol.frame.InvalidFieldException;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.web.Answer;
import com.claudemesh.web.JsonBody;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an invitation is asked to be; anything wrong is refused with 400 and a text that names the field. */
final class InviteBody {
    private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,3})([hd])");
    private static final Set<String> MODES = Set.of("push", "inbox", "off");
    private static final int MAX_DAYS = (int) InviteWish.MAX_LIFE.toDays();

    private InviteBody() {}

    /** In the words of the command line: {@code role}, {@code max_uses}, {@code expires_in}, {@code preset}. */
    static InviteWish ofCommandLine(JsonBody body) {
        Duration life = body.has("expires_in")
                ? body.text("expires_in")
                        .flatMap(InviteBody::life)
                        .orElseThrow(() -> refused("expires_in must be like 12h or 7d, at most 365d"))
                : InviteWish.DEFAULT_LIFE;
        return new InviteWish(role(body), uses(body, "max_uses"), life, preset(body));
    }

    /** In the words of the console: {@code role}, {@code maxUses}, {@code expiresInDays}, {@code preset}. */
    static InviteWish ofConsole(JsonBody body) {
        int days = body.has("expiresInDays")
                ? body.number("expiresInDays").orElse(0)
                : (int) InviteWish.DEFAULT_LIFE.toDays();
        if (days < 1 || days > MAX_DAYS) {
            throw refused("expiresInDays must be a whole number from 1 to " + MAX_DAYS);
        }
        return new InviteWish(role(body), uses(body, "maxUses"), Duration.ofDays(days), preset(body));
    }

    /** The address that the invitation is mailed to, in the form that accounts are compared by. */
    static Optional<String> email(JsonBody body) {
        if (!body.has("email")) {
            return Optional.empty();
        }
        return Optional.of(body.text("email")
                .flatMap(EmailAddress::parse)
                .map(EmailAddress::text)
                .orElseThrow(() -> refused("email must be an e-mail address")));
    }

    private static Role role(JsonBody body) {
        return body.has("role")
                ? body.text("role").flatMap(Role::fromWire).orElseThrow(() -> refused("role must be admin or member"))
                : Role.MEMBER;
    }

    private static int uses(JsonBody body, String field) {
        int uses = body.has(field) ? body.number(field).orElse(0) : 1;
        if (uses < 1 || uses > InviteWish.MAX_USES) {
            throw refused(field + " must be a whole number from 1 to " + InviteWish.MAX_USES);
        }
        return uses;
    }

    private static Optional<Duration> life(String text) {
        Matcher match = LIFE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(match.group(1));
        Duration life = match.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
        return life.compareTo(InviteWish.MAX_LIFE) > 0 ? Optional.empty() : Optional.of(life);
    }

    private static InvitePreset preset(JsonBody body) {
        if (!body.has("preset")) {
            return InvitePreset.NONE;
        }
        JsonNode preset = body.object("preset").orElseThrow(() -> refused("preset must be an object"));
        return new InvitePreset(
                name(preset.get("displayName")),
                roleTag(preset.get("roleTag")),
                preset.hasNonNull("groups") ? groups("preset.groups", preset.get("groups")) : null,
                mode(preset.get("messageMode")));
    }

    private static @Nullable String name(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return DisplayName.clean(value.asText()).orElseThrow(() -> refused("preset.displayName " + DisplayName.RULE));
    }

    private static @Nullable String roleTag(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return DisplayName.clean(value.asText()).orElseThrow(() -> refused("preset.roleTag " + DisplayName.RULE));
    }

    private static @Nullable String mode(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!MODES.contains(value.asText())) {
            throw refused("preset.messageMode must be push, inbox or off");
        }
        return value.asText();
    }

    /** @throws WebApplicationException 400 for anything but a list of groups as sessions have them */
    static List<GroupLabel> groups(String field, JsonNode value) {
        if (!value.isArray() || value.size() > Limits.MAX_GROUPS) {
            throw refused(field + " must be a list of at most " + Limits.MAX_GROUPS + " groups");
        }
        List<GroupLabel> groups = new ArrayList<>();
        for (JsonNode one : value) {
            try {
                groups.add(Json.mapper().treeToValue(one, GroupLabel.class));
            } catch (ValueInstantiationException e) {
                throw refused(
                        e.getCause() instanceof InvalidFieldException flaw ? flaw.getMessage() : field + " is wrong");
            } catch (JsonProcessingException e) {
                throw refused(field + " must be objects with name and role");
            }
        }
        return groups;
    }

    private static WebApplicationException refused(String problem) {
        return Answer.stop(Answer.error(400, problem));
    }
}

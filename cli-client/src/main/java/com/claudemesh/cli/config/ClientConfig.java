package com.claudemesh.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The content of config.json. Immutable; members that this version doesn't know survive every change. */
public final class ClientConfig {
    private static final int VERSION = 1;

    private final ObjectNode root;

    ClientConfig(ObjectNode root) {
        this.root = root;
    }

    public static ClientConfig empty() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        root.putArray("meshes");
        return new ClientConfig(root);
    }

    /** Joined meshes in the order of joining. */
    public List<Membership> memberships() {
        List<Membership> found = new ArrayList<>();
        for (JsonNode entry : root.path("meshes")) {
            if (entry instanceof ObjectNode object) {
                found.add(Membership.of(object));
            }
        }
        return List.copyOf(found);
    }

    public Optional<Membership> membership(String slug) {
        return memberships().stream().filter(mesh -> mesh.slug().equals(slug)).findFirst();
    }

    public Optional<String> displayName() {
        return text("displayName");
    }

    public Optional<String> role() {
        return text("role");
    }

    /** {@code push} when the file doesn't say. */
    public MessageMode messageMode() {
        return MessageMode.of(text("messageMode").orElse(""));
    }

    /** Groups that a session joins when it starts. */
    public List<GroupChoice> groups() {
        List<GroupChoice> groups = new ArrayList<>();
        for (JsonNode group : root.path("groups")) {
            if (group.hasNonNull("name")) {
                groups.add(new GroupChoice(
                        group.get("name").asText(),
                        Optional.ofNullable(group.path("role").textValue())));
            }
        }
        return List.copyOf(groups);
    }

    /** With the mesh added; an entry of the same slug is replaced in its place and keeps its unknown members. */
    public ClientConfig with(Membership mesh) {
        ObjectNode changed = root.deepCopy();
        ArrayNode meshes = changed.path("meshes") instanceof ArrayNode array ? array : changed.putArray("meshes");
        for (JsonNode entry : meshes) {
            if (entry instanceof ObjectNode object
                    && mesh.slug().equals(object.path("slug").asText())) {
                mesh.writeTo(object);
                return new ClientConfig(changed);
            }
        }
        mesh.writeTo(meshes.addObject());
        return new ClientConfig(changed);
    }

    /** With the entry of this slug replaced in its place by one that may have another; its unknown members stay. */
    public ClientConfig replacing(String slug, Membership mesh) {
        ObjectNode changed = root.deepCopy();
        for (JsonNode entry : changed.path("meshes")) {
            if (entry instanceof ObjectNode object
                    && slug.equals(object.path("slug").asText())) {
                mesh.writeTo(object);
            }
        }
        return new ClientConfig(changed);
    }

    /** With the account that the meshes were synchronised from. */
    public ClientConfig withAccountId(String accountId) {
        ObjectNode changed = root.deepCopy();
        changed.put("accountId", accountId);
        return new ClientConfig(changed);
    }

    /** With the name that the person has in every mesh unless a session says otherwise. */
    public ClientConfig withDisplayName(String name) {
        ObjectNode changed = root.deepCopy();
        changed.put("displayName", name);
        return new ClientConfig(changed);
    }

    public ClientConfig without(String slug) {
        ObjectNode changed = root.deepCopy();
        if (changed.path("meshes") instanceof ArrayNode meshes) {
            for (int i = meshes.size() - 1; i >= 0; i--) {
                if (slug.equals(meshes.get(i).path("slug").asText())) {
                    meshes.remove(i);
                }
            }
        }
        return new ClientConfig(changed);
    }

    /** The configuration of one launched session: one mesh and who the session is there. */
    public static ClientConfig ofSession(Membership mesh, SessionIdentity identity) {
        ClientConfig config = empty().with(mesh);
        config.root.put("displayName", identity.displayName());
        identity.role().ifPresent(role -> config.root.put("role", role));
        if (!identity.groups().isEmpty()) {
            ArrayNode groups = config.root.putArray("groups");
            for (GroupChoice group : identity.groups()) {
                ObjectNode entry = groups.addObject().put("name", group.name());
                group.role().ifPresent(role -> entry.put("role", role));
            }
        }
        config.root.put("messageMode", identity.messageMode().name());
        return config;
    }

    ObjectNode json() {
        return root;
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(root.path(field).textValue()).filter(value -> !value.isBlank());
    }
}

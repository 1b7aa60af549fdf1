package com.claudemesh.cli.addressing;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import com.claudemesh.cli.output.Output;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of the joined meshes a verb is about. */
public final class MeshSelection {
    private final List<Membership> joined;

    public MeshSelection(List<Membership> joined) {
        this.joined = joined;
    }

    /**
     * The named mesh, or all joined ones; never none.
     *
     * @throws CliException exit code 5 when nothing is joined or the name is not
     */
    public List<Membership> all(Optional<String> slug) {
        if (joined.isEmpty()) {
            throw CliException.notFound("no_mesh_joined", "no mesh joined", "claudemesh join <invitation link>");
        }
        return slug.map(name -> List.of(named(name))).orElse(joined);
    }

    /**
     * The named mesh, else the last used one if it is still joined, else the only one.
     *
     * @throws CliException exit code 5 as in {@link #all}, 3 when several could be meant
     */
    public Membership one(Optional<String> slug, Optional<String> lastUsed) {
        List<Membership> candidates = all(slug);
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        return lastUsed.flatMap(this::find)
                .orElseThrow(() -> CliException.invalid("which mesh? joined: " + slugs(joined), "add --mesh <slug>"));
    }

    static String slugs(List<Membership> meshes) {
        return meshes.stream().map(mesh -> Output.safe(mesh.slug())).collect(Collectors.joining(", "));
    }

    private Membership named(String slug) {
        return find(slug)
                .orElseThrow(() -> CliException.notFound(
                        "mesh_not_found",
                        "no joined mesh is called \"" + Output.safe(slug) + "\"",
                        "joined: " + slugs(joined)));
    }

    private Optional<Membership> find(String slug) {
        return joined.stream().filter(mesh -> mesh.slug().equals(slug)).findFirst();
    }
}

package com.claudemesh.cli.addressing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.cli.CliException;
import com.claudemesh.cli.config.Membership;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeshSelectionTest {
    private static final Optional<String> NONE = Optional.empty();

    private static MeshSelection joined(String... slugs) {
        return new MeshSelection(List.of(slugs).stream()
                .map(slug -> new Membership("id", "member", slug, slug, "", "", "", "", null, 1))
                .toList());
    }

    @Test
    void all_noName_isEveryMesh() {
        assertThat(joined("crew", "lab").all(NONE)).extracting(Membership::slug).containsExactly("crew", "lab");
    }

    @Test
    void all_unknownName_error() {
        assertThatThrownBy(() -> joined("crew").all(Optional.of("lab")))
                .isInstanceOfSatisfying(
                        CliException.class,
                        failure -> assertThat(failure.hint()).isEqualTo("joined: crew"));
    }

    @Test
    void all_nothingJoined_error() {
        assertThatThrownBy(() -> joined().all(NONE)).hasMessage("no mesh joined");
    }

    @Test
    void one_severalJoined_isTheLastUsed() {
        assertThat(joined("crew", "lab").one(NONE, Optional.of("lab")).slug()).isEqualTo("lab");
    }

    @Test
    void one_lastUsedWasLeft_asks() {
        assertThatThrownBy(() -> joined("crew", "lab").one(NONE, Optional.of("gone")))
                .hasMessageContaining("crew, lab");
    }

    @Test
    void one_named_winsOverLastUsed() {
        assertThat(joined("crew", "lab")
                        .one(Optional.of("crew"), Optional.of("lab"))
                        .slug())
                .isEqualTo("crew");
    }
}

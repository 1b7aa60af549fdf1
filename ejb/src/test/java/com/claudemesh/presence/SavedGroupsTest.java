package com.claudemesh.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.claudemesh.mesh.MeshDirectory;
import com.claudemesh.protocol.frame.GroupLabel;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavedGroupsTest {
    private static final List<GroupLabel> ENG = List.of(new GroupLabel("eng", null));
    private static final List<GroupLabel> OPS = List.of(new GroupLabel("ops", null));

    private final MovingClock clock = new MovingClock();
    private final Map<String, List<GroupLabel>> stored = new HashMap<>();
    private int reads;
    private boolean broken;
    private final MeshDirectory directory = TestMembers.directory("mesh", clock, TestMembers.member("alice", OPS));
    private final SavedGroups groups = new SavedGroups(directory, this::read, clock::nanos);

    @Test
    void offlineGroups_saved_winOverTheDefaultOnes() {
        stored.put("alice", ENG);

        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(ENG);
    }

    @Test
    void offlineGroups_nothingSaved_areTheDefaultOnes() {
        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(OPS);
        assertThat(groups.offlineGroups("mesh", "a stranger")).isEmpty();
    }

    @Test
    void offlineGroups_askedOften_areReadOnce() {
        for (int i = 0; i < 1_000; i++) {
            groups.offlineGroups("mesh", "alice");
        }

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void offlineGroups_savedByAnotherNode_areSeenSecondsLater() {
        groups.offlineGroups("mesh", "alice");
        stored.put("alice", ENG);
        clock.passSeconds(6);

        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(ENG);
    }

    @Test
    void saved_byThisNode_isSeenAtOnceEvenBeforeItIsStored() {
        groups.offlineGroups("mesh", "alice");

        groups.saved("mesh", "alice", ENG);
        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(ENG);
        clock.passSeconds(5);
        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(ENG);
    }

    @Test
    void saved_longAgo_isOverruledByTheDatabase() {
        groups.offlineGroups("mesh", "alice");
        groups.saved("mesh", "alice", ENG);
        clock.passSeconds(11);

        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(OPS);
    }

    @Test
    void database_away_answersWhatWasReadLast() {
        stored.put("alice", ENG);
        groups.offlineGroups("mesh", "alice");
        broken = true;
        clock.passSeconds(60);

        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(ENG);
    }

    @Test
    void database_awayFromTheBeginning_isAnErrorAndNotAnEmptyAnswer() {
        broken = true;

        assertThatThrownBy(() -> groups.offlineGroups("mesh", "alice")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sweep_meshUnusedForTenMinutes_isForgotten() {
        groups.offlineGroups("mesh", "alice");
        clock.passSeconds(601);
        groups.sweep();
        groups.saved("mesh", "alice", ENG);

        assertThat(groups.offlineGroups("mesh", "alice")).isEqualTo(OPS);
    }

    private Map<String, List<GroupLabel>> read(String meshId) throws SQLException {
        if (broken) {
            throw new SQLException("on purpose");
        }
        reads++;
        return Map.copyOf(stored);
    }
}

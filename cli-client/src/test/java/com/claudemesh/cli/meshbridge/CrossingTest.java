package com.claudemesh.cli.meshbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.cli.meshbridge.Crossing.Decision;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrossingTest {
    private final Crossing crossing = new Crossing(2, Set.of("own-a", "own-b"));

    private Decision decide(String text, String sender, String... tags) {
        return crossing.decide(text, "alice", "crew", Set.of(sender), Set.of(tags));
    }

    @Test
    void post_fresh_isMarkedAndNamesItsSender() {
        assertThat(decide("hi", "someone")).isEqualTo(new Decision.Forward("__cmh1:alice (crew): hi", 1));
    }

    @Test
    void post_ofAnotherBridge_keepsItsSenderAndCountsOn() {
        assertThat(decide("__cmh1:zoe (lab): hi", "other-bridge"))
                .isEqualTo(new Decision.Forward("__cmh2:zoe (lab): hi", 2));
    }

    @Test
    void post_overTheLimit_stops() {
        assertThat(decide("__cmh2:zoe (lab): hi", "other-bridge")).isEqualTo(new Decision.Drop("max_hops", 2));
        assertThat(decide("__cmh9999:x", "other-bridge")).isEqualTo(new Decision.Drop("max_hops", 9999));
    }

    @Test
    void post_ofTheBridgeItself_isAnEcho() {
        assertThat(decide("__cmh1:alice (crew): hi", "own-a")).isEqualTo(new Decision.Drop("echo", 1));
        assertThat(decide("hi", "own-b")).isEqualTo(new Decision.Drop("echo", 0));
    }

    @Test
    void mark_inTheMiddle_isText() {
        assertThat(decide("see __cmh2:", "someone"))
                .isEqualTo(new Decision.Forward("__cmh1:alice (crew): see __cmh2:", 1));
    }

    @Test
    void filter_tags_letOnlyTheirsThrough() {
        assertThat(decide("nothing here", "someone", "public")).isEqualTo(new Decision.Drop("filter", 0));
        assertThat(decide("#publicity", "someone", "public")).isEqualTo(new Decision.Drop("filter", 0));
        assertThat(decide("ship it #Public!", "someone", "public")).isInstanceOf(Decision.Forward.class);
        assertThat(decide("__cmh1:zoe (lab): #public", "someone", "public")).isInstanceOf(Decision.Forward.class);
    }
}

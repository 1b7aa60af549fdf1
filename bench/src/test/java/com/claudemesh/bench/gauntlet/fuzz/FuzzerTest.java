package com.claudemesh.bench.gauntlet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.ClientFrame;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.Frame;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FuzzerTest {
    private static final FrameCodec<ClientFrame> CODEC = FrameCodec.forServer();

    private static List<String> row(long seed, int length) {
        Fuzzer fuzzer = new Fuzzer(seed);
        List<String> row = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            HostileFrame frame = fuzzer.next();
            row.add(frame.kind() + " " + java.util.Arrays.hashCode(frame.bytes()) + " " + frame.bytes().length);
        }
        return row;
    }

    @Test
    void next_sameSeed_sameRow() {
        assertThat(row(42, 2_000)).isEqualTo(row(42, 2_000));
    }

    @Test
    void next_anotherSeed_anotherRow() {
        assertThat(row(42, 200)).isNotEqualTo(row(43, 200));
    }

    @Test
    void next_tenThousandFrames_breakInEveryWay() {
        Fuzzer fuzzer = new Fuzzer(1);
        Map<Mutation, Integer> counts = new EnumMap<>(Mutation.class);
        for (int i = 0; i < 10_000; i++) {
            counts.merge(fuzzer.next().kind(), 1, Integer::sum);
        }

        assertThat(counts.keySet()).containsExactlyInAnyOrder(Mutation.values());
    }

    @Test
    void samples_ofEveryType_areRecognisedByTheServersCodec() {
        FrameSamples samples = new FrameSamples(new SplittableRandom(7));
        Set<String> recognised = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            for (Class<?> type : samples.types()) {
                Decoded<ClientFrame> decoded = CODEC.decode(samples.of(type).toString());
                if (decoded instanceof Decoded.Known<ClientFrame> known) {
                    recognised.add(known.frame().type());
                }
            }
        }

        Set<String> all = Stream.of(ClientFrame.class.getPermittedSubclasses())
                .map(type -> Frame.typeOf(type.asSubclass(Frame.class)))
                .collect(Collectors.toSet());
        assertThat(recognised).isEqualTo(all);
    }

    @Test
    void samples_any_areJsonObjectsWithAType() {
        FrameSamples samples = new FrameSamples(new SplittableRandom(7));
        for (int i = 0; i < 1_000; i++) {
            ObjectNode frame = samples.any();
            assertThat(frame.path("type").isTextual()).isTrue();
        }
    }

    @Test
    void next_whatMayEndTheConnection_isRare() {
        Fuzzer fuzzer = new Fuzzer(3);
        int ending = 0;
        for (int i = 0; i < 20_000; i++) {
            ending += fuzzer.next().mayEndConnection() ? 1 : 0;
        }

        assertThat(ending).isBetween(50, 600);
    }

    @Test
    void duplicateKey_frame_isRefusedByTheCodec() {
        Fuzzer fuzzer = new Fuzzer(5);
        HostileFrame frame = fuzzer.next(Mutation.DUPLICATE_KEY);
        String text = new String(frame.bytes(), java.nio.charset.StandardCharsets.UTF_8);
        String json = text.substring(text.indexOf('{'));

        assertThat(CODEC.decode(json)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void samples_serialised_areReadBackUnchanged() throws Exception {
        FrameSamples samples = new FrameSamples(new SplittableRandom(9));
        ObjectNode frame = samples.any();

        assertThat(Json.mapper().readTree(frame.toString()).path("type")).isEqualTo(frame.path("type"));
    }
}

package com.claudemesh.protocol.crypto.naming;

import static com.claudemesh.protocol.crypto.Vectors.each;
import static com.claudemesh.protocol.crypto.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NamingVectorsTest {

    @TestFactory
    Stream<DynamicTest> mentions_vector_areFoundInTextAndBody() {
        return each("/mention_extraction/cases", vector -> {
            List<String> expected = new ArrayList<>();
            for (JsonNode name : vector.get("mentions")) {
                expected.add(name.textValue());
            }

            assertThat(Mentions.inText(text(vector, "text_utf8"))).isEqualTo(expected);
            assertThat(Mentions.inPlaintextBody(text(vector, "ciphertext_b64"))).isEqualTo(expected);
        });
    }

    @TestFactory
    Stream<DynamicTest> slug_vector_isTheKnownSlug() {
        return each("/slug/cases", vector -> {
            assertThat(Slugs.fromName(text(vector, "name"))).isEqualTo(text(vector, "cli"));
            assertThat(Slugs.forDashboard(text(vector, "name"))).isEqualTo(text(vector, "web"));
        });
    }

    @TestFactory
    Stream<DynamicTest> bucketName_vector_isTheKnownName() {
        return each(
                "/bucket_name/cases",
                vector -> assertThat(BucketName.of(text(vector, "mesh_id"))).isEqualTo(text(vector, "bucket")));
    }
}

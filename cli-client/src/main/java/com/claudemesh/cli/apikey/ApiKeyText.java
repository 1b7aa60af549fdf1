package com.claudemesh.cli.apikey;

import com.claudemesh.cli.output.Output;
import com.claudemesh.protocol.frame.ApiKeyCapability;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of keys for people. */
final class ApiKeyText {
    private ApiKeyText() {}

    static String capabilities(List<ApiKeyCapability> capabilities) {
        return capabilities.stream().map(ApiKeyCapability::wire).collect(Collectors.joining(", "));
    }

    static String topics(@Nullable List<String> topics) {
        if (topics == null) {
            return "all";
        }
        return topics.stream().map(topic -> "#" + Output.safe(topic)).collect(Collectors.joining(" "));
    }
}

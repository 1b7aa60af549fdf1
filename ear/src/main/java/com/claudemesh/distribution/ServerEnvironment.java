package com.claudemesh.distribution;

import com.claudemesh.platform.InvalidSettingException;
import com.claudemesh.platform.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment variables of the application server: the operator's, completed with what the supervisor decides. */
final class ServerEnvironment {
    private final Map<String, String> variables;

    /**
     * @param inherited the supervisor's own environment
     * @param localBase where this machine reaches the server, such as {@code http://127.0.0.1:7900}
     */
    ServerEnvironment(Map<String, String> inherited, String localBase, DataDirectory data) {
        variables = new HashMap<>(inherited);
        variables.keySet().removeAll(Set.of("DATABASE_URL", "DATABASE_PASSWORD"));
        variables.values().removeIf(String::isBlank);
        variables.putIfAbsent("BROKER_PUBLIC_URL", localBase);
        variables.putIfAbsent("BROKER_URL", webSocketOf(variables.get("BROKER_PUBLIC_URL")));
        variables.put("CLAUDEMESH_DATA_DIR", data.root().toString());
    }

    private static String webSocketOf(String httpBase) {
        return httpBase.replaceFirst("^http", "ws").replaceFirst("/+$", "") + "/ws";
    }

    boolean has(String name) {
        return variables.containsKey(name);
    }

    ServerEnvironment with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** @throws Refusal when the server would refuse its settings */
    void check() {
        try {
            Settings.from(name -> Optional.ofNullable(variables.get(name)));
        } catch (InvalidSettingException e) {
            throw new Refusal("configuration: " + e.getMessage());
        }
    }

    String webSocketUrl() {
        return variables.get("BROKER_URL");
    }

    String httpUrl() {
        return variables.get("BROKER_PUBLIC_URL");
    }

    void copyInto(Map<String, String> target) {
        target.clear();
        target.putAll(variables);
    }
}

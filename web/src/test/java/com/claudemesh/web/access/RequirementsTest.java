package com.claudemesh.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every route of the server says what it requires, and the public ones are those that are meant to be. */
class RequirementsTest {

    @Test
    void resourceMethods_all_sayWhatTheyRequire() {
        assertThat(routes().stream().filter(method -> required(method) == null)).isEmpty();
        assertThat(routes()).hasSizeGreaterThan(40);
    }

    /** A new public route is a decision: it belongs into this list, and into docs/security.md. */
    @Test
    void publicResources_areTheseAndNoOthers() {
        Set<String> open = new TreeSet<>();
        routes().stream()
                .filter(method -> required(method) == Access.PUBLIC || required(method) == Access.ANYBODY)
                .forEach(method -> open.add(method.getDeclaringClass().getSimpleName()));

        assertThat(open)
                .containsExactly(
                        "AuthCliResource",
                        "AuthResource",
                        "ClaimResource",
                        "CliTokenResource",
                        "DeviceCodeResource",
                        "HealthResource",
                        "HomeResource",
                        "HookResource",
                        "InvitePageResource",
                        "JoinResource",
                        "LinkPages",
                        "LocalePagesResource",
                        "MeshMembersResource",
                        "OpenApiResource",
                        "PublicInviteResource",
                        "PublicStatsResource",
                        "SignInPages",
                        "SyncResource");
    }

    /** JAX-RS looks for methods only in the class whose path fits with the most literal characters. */
    @Test
    void routes_all_areInTheClassThatIsChosenForThem() {
        Set<String> roots = new TreeSet<>();
        routes().forEach(method -> roots.add(classPath(method)));

        for (Method method : routes()) {
            String request = (classPath(method) + methodPath(method)).replaceAll("\\{[^}]*}", "xx");
            String chosen = roots.stream()
                    .filter(root -> request.matches(pattern(root) + "(/.*)?"))
                    .max(Comparator.comparingInt(
                            root -> root.replaceAll("\\{[^}]*}", "").length()))
                    .orElseThrow();
            assertThat(chosen).as(request).isEqualTo(classPath(method));
        }
    }

    /** What a path fits to: a parameter to what its expression says, if it has one. */
    private static String pattern(String path) {
        return path.replaceAll("\\{[^:}]*: *([^}]*)}", "$1").replaceAll("\\{[^}]*}", "[^/]+");
    }

    private static String classPath(Method method) {
        String path = method.getDeclaringClass().getAnnotation(Path.class).value();
        return path.equals("/") ? "" : path;
    }

    private static String methodPath(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static Access required(Method method) {
        Requires ofMethod = method.getAnnotation(Requires.class);
        Requires declared =
                ofMethod != null ? ofMethod : method.getDeclaringClass().getAnnotation(Requires.class);
        return declared == null ? null : declared.value();
    }

    private static List<Method> routes() {
        try {
            java.nio.file.Path classes = java.nio.file.Path.of(Access.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
                return files.filter(file -> file.toString().endsWith(".class"))
                        .map(file -> classes.relativize(file).toString())
                        .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                        .flatMap(RequirementsTest::routesOf)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Method> routesOf(String className) {
        try {
            Class<?> type = Class.forName(className, false, Access.class.getClassLoader());
            return type.isAnnotationPresent(Path.class)
                    ? Arrays.stream(type.getDeclaredMethods()).filter(RequirementsTest::isRoute)
                    : Stream.empty();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(className, e);
        }
    }

    private static boolean isRoute(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }
}

package com.claudemesh.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.claudemesh.protocol.frame.ApiKeyCapability;
import com.claudemesh.protocol.frame.Json;
import com.claudemesh.web.access.Access;
import com.claudemesh.web.access.Requires;
import com.claudemesh.web.v1.me.MeResource;
import com.claudemesh.web.v1.me.MyMentionsResource;
import com.claudemesh.web.v1.me.MySearchResource;
import com.claudemesh.web.v1.stream.TopicStreamResource;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the resources do: routes, parameters, capabilities. */
class OpenApiTest {
    private static final List<Class<?>> RESOURCES = List.of(
            MessagesResource.class,
            TopicsResource.class,
            TopicResource.class,
            TopicStreamResource.class,
            PeerKeyResource.class,
            PeopleResource.class,
            NotificationsResource.class,
            MeResource.class,
            MyMentionsResource.class,
            MySearchResource.class);

    private final JsonNode document = document();

    @Test
    void paths_areTheRoutesOfTheResources() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described).isEqualTo(routes().keySet());
    }

    @Test
    void resources_areAllThatNeedAnApiKey() {
        Set<String> known = new TreeSet<>();
        RESOURCES.forEach(type -> known.add(type.getName()));

        assertThat(ResourceClasses.all().stream()
                        .filter(type -> type.isAnnotationPresent(Requires.class))
                        .filter(type -> type.getAnnotation(Requires.class).value() == Access.API_KEY)
                        .map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void capabilities_areThoseOfTheMethods() {
        routes().forEach((route, method) -> {
            Needs needs = method.getAnnotation(Needs.class);
            assertThat(needs).as(route).isNotNull();
            assertThat(texts(operation(route).path("x-capabilities")))
                    .as(route)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(needs.value())
                            .map(ApiKeyCapability::wire)
                            .toList());
        });
    }

    @Test
    void parameters_areThoseOfTheMethods() {
        routes().forEach((route, method) -> {
            Set<String> described = new TreeSet<>();
            operation(route).path("parameters").forEach(parameter -> {
                if (parameter.has("name")) {
                    described.add(parameter.path("in").asText() + " "
                            + parameter.path("name").asText());
                }
            });
            assertThat(described).as(route).isEqualTo(parameters(method));
        });
    }

    @Test
    void posts_allTakeAnIdempotencyKeyAndABody() {
        routes().keySet().stream().filter(route -> route.startsWith("POST ")).forEach(route -> {
            assertThat(operation(route).path("parameters").toString())
                    .as(route)
                    .contains("#/components/parameters/IdempotencyKey");
            assertThat(operation(route).has("requestBody")).as(route).isTrue();
        });
    }

    @Test
    void references_allLeadSomewhere() {
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private JsonNode operation(String route) {
        String[] parts = route.split(" ");
        return document.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    private static Map<String, Method> routes() {
        Map<String, Method> routes = new TreeMap<>();
        for (Class<?> type : RESOURCES) {
            for (Method method : type.getDeclaredMethods()) {
                httpMethod(method).forEach(http -> routes.put(http + " " + path(type, method), method));
            }
        }
        return routes;
    }

    private static Stream<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value());
    }

    private static String path(Class<?> type, Method method) {
        Path own = method.getAnnotation(Path.class);
        return type.getAnnotation(Path.class).value() + (own == null ? "" : own.value());
    }

    private static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(PathParam.class)) {
                names.add("path " + parameter.getAnnotation(PathParam.class).value());
            }
            if (parameter.isAnnotationPresent(QueryParam.class)) {
                names.add("query " + parameter.getAnnotation(QueryParam.class).value());
            }
            if (parameter.isAnnotationPresent(HeaderParam.class)) {
                names.add("header " + parameter.getAnnotation(HeaderParam.class).value());
            }
        }
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static JsonNode document() {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package com.claudemesh.ws;

import com.claudemesh.platform.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Returns every text frame at {@code /bench/echo}: what the container can do without us, to measure ourselves against. Only
 * there with {@code CLAUDEMESH_BENCH_ECHO=true}, because it serves anybody.
 */
public final class EchoEndpoint extends Endpoint {
    private static final Logger LOG = System.getLogger(EchoEndpoint.class.getName());
    private static final String PATH = "/bench/echo";

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // Not a lambda: the container reads the kind of message from the class.
        session.addMessageHandler(new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
                session.getAsyncRemote().sendText(text, result -> {});
            }
        });
    }

    /** Registers the endpoint when the settings ask for it. */
    @WebListener
    public static class Registration implements ServletContextListener {
        @Inject
        Settings settings;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            if (!settings.benchEcho()) {
                return;
            }
            ServerContainer container =
                    (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.addEndpoint(ServerEndpointConfig.Builder.create(EchoEndpoint.class, PATH)
                        .build());
                LOG.log(Level.WARNING, "event=bench_echo_open path=" + PATH);
            } catch (DeploymentException e) {
                throw new IllegalStateException("the echo endpoint could not be opened", e);
            }
        }
    }
}

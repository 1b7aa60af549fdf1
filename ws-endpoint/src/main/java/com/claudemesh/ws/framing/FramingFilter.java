package com.claudemesh.ws.framing;

import com.claudemesh.protocol.Limits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;

/** Puts a guard around every request for a socket before the container's own filter upgrades it. */
@WebFilter(urlPatterns = "/ws", asyncSupported = true)
public final class FramingFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new GuardedRequest(request), response);
    }

    private static final class GuardedRequest extends HttpServletRequestWrapper {
        GuardedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
            T handler;
            try {
                handler = type.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new ServletException("cannot make a " + type.getName(), e);
            }
            super.upgrade(GuardedUpgrade.class).guard(handler, new FramingGuard(Limits.MAX_FRAME_BYTES_BEFORE_HELLO));
            return handler;
        }
    }
}

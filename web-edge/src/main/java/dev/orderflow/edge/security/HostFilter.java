package dev.orderflow.edge.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests to host names that are not this service's. */
final class HostFilter extends OncePerRequestFilter {

    private final HostNames names;

    HostFilter(HostNames names) {
        this.names = names;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (names.accepts(request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            AccessProblems.write(
                    request,
                    response,
                    HttpStatus.MISDIRECTED_REQUEST,
                    "unknown_host",
                    "This service does not answer to the host name of this request; edge.security.hosts lists others.");
        }
    }
}

package dev.orderflow.edge.security;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Applies the limits and the switch of the caller's tenant to a permitted request, before its body is read. */
final class TenantFilter extends OncePerRequestFilter {

    private final OperationAccess access;
    private final TenantLimits limits;

    TenantFilter(OperationAccess access, TenantLimits limits) {
        this.access = access;
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication verified) {
            try {
                limits.admit(verified.caller().tenant(), access.changes(request));
            } catch (Refusal refusal) {
                AccessProblems.refuse(request, response, refusal);
                return;
            }
        }
        chain.doFilter(request, response);
    }
}

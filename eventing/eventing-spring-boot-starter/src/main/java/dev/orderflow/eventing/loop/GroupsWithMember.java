package dev.orderflow.eventing.loop;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/** Health groups with an additional member in one group, independent of the members that an application configures. */
public class GroupsWithMember implements HealthEndpointGroups, AdditionalPathsMapper {

    private final HealthEndpointGroups groups;
    private final String group;
    private final String member;

    /** @param member name of a health contributor */
    public GroupsWithMember(HealthEndpointGroups groups, String group, String member) {
        this.groups = groups;
        this.group = group;
        this.member = member;
    }

    @Override
    public HealthEndpointGroup getPrimary() {
        return groups.getPrimary();
    }

    @Override
    public Set<String> getNames() {
        return groups.getNames();
    }

    @Override
    public @Nullable HealthEndpointGroup get(String name) {
        var found = groups.get(name);
        return found != null && name.equals(group) ? new WithMember(found, member) : found;
    }

    @Override
    public @Nullable List<String> getAdditionalPaths(EndpointId endpoint, WebServerNamespace namespace) {
        return groups instanceof AdditionalPathsMapper mapper ? mapper.getAdditionalPaths(endpoint, namespace) : null;
    }

    private record WithMember(HealthEndpointGroup group, String member) implements HealthEndpointGroup {

        /** Also matches the paths of a composite's parts, since each part is looked up by its path. */
        @Override
        public boolean isMember(String name) {
            return name.equals(member) || name.startsWith(member + "/") || group.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext context) {
            return group.showComponents(context);
        }

        @Override
        public boolean showDetails(SecurityContext context) {
            return group.showDetails(context);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}

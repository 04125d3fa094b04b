package dev.orderflow.deployment;

import java.util.List;

/** List of all checks. */
final class Checks {

    private Checks() {}

    static List<Check> all(Repository repository) {
        return List.of(
                new ApiFieldsCheck(),
                new OperatorFieldsCheck(),
                new ListedFieldsCheck(),
                new SelectorCheck(),
                new PortCheck(),
                new ReferenceCheck(repository),
                new ProbeCheck(repository),
                new RolloutCheck(repository),
                new ResourcesCheck(),
                new ImageCheck(repository),
                new HardeningCheck(),
                new DisruptionBudgetCheck(),
                new SpreadCheck(),
                new NetworkPolicyCheck(),
                new ManagementPortCheck(),
                new AutoscalingCheck(),
                new AccessCheck(repository),
                new SecretCheck(),
                new GatewayCheck(),
                new AlertCheck(repository));
    }
}

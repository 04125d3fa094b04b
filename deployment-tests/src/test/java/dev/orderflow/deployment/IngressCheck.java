package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/** An Ingress leads to ports of Services that exist, over TLS, and never to what is for operators. */
class IngressCheck implements Check {

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var ingress : resources.ofKind("Ingress")) {
            if (ingress.spec().at("tls").items().isEmpty()) {
                problems.add(ingress + ": is without TLS");
            }
            for (var rule : ingress.spec().at("rules").items()) {
                for (var path : rule.at("http", "paths").items()) {
                    var service = path.at("backend", "service", "name").text();
                    var port = path.at("backend", "service", "port");
                    var number = port.at("name").exists() ? port.at("name") : port.at("number");
                    if (resources
                            .find("Service", service)
                            .filter(found -> PortCheck.serviceHasPort(found, number))
                            .isEmpty()) {
                        problems.add(ingress + ": there is no port " + number.text() + " of a Service " + service);
                    }
                    if (!path.at("path").text().startsWith("/api/")) {
                        problems.add(ingress + ": leads outsiders to "
                                + path.at("path").text());
                    }
                }
            }
        }
        return problems;
    }
}

package dev.orderflow.deployment;

import java.util.ArrayList;
import java.util.List;

/** Checks that each image has an immutable tag and that the suite's images have the suite's version. */
class ImageCheck implements Check {

    private final Repository repository;

    ImageCheck(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var workload : resources.withPods()) {
            for (var container : workload.containers()) {
                var image = container.at("image").text();
                var name = image.substring(image.lastIndexOf('/') + 1);
                var tag = name.contains(":") ? name.substring(name.indexOf(':') + 1) : "";
                if (tag.isEmpty() || tag.equals("latest")) {
                    problems.add(workload + ": the image " + image + " has no fixed tag");
                } else if (repository.module(container).isPresent() && !tag.equals(repository.version())) {
                    problems.add(workload + ": the image " + image + " is not of version " + repository.version());
                }
            }
        }
        return problems;
    }
}

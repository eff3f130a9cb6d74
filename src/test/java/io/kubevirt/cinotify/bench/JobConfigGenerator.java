// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a large job configuration in the form of OpenShift's, whose jobs ci-operator generates: one folder a repository,
 * one file a branch and type.
 *
 * <p>Needs only the JDK: {@code java JobConfigGenerator.java FOLDER} writes 40,560 jobs, about 75 MB.
 */
public final class JobConfigGenerator {

    private static final List<String> BRANCHES = List.of("main", "release-4.17", "release-4.18", "release-4.19");
    private static final List<String> ORGS = List.of("openshift", "openshift-priv", "operator-framework", "stolostron");
    private static final List<String> PRESUBMITS =
            List.of("unit", "verify", "images", "e2e-aws", "e2e-gcp", "e2e-azure");
    private static final List<String> PERIODICS = List.of("e2e-metal", "e2e-upgrade", "conformance", "security");
    private static final List<String> POSTSUBMITS = List.of("images", "okd-images");

    /** The jobs of one repository: each branch has all of them. */
    private static final int JOBS_OF_A_REPOSITORY =
            BRANCHES.size() * (PRESUBMITS.size() + PERIODICS.size() + POSTSUBMITS.size());

    private static final String SPEC = """
                spec:
                  containers:
                  - args:
                    - --gcs-upload-secret=/secrets/gcs/service-account.json
                    - --image-import-pull-secret=/etc/pull-secret/.dockerconfigjson
                    - --report-credentials-file=/etc/report/credentials
                    - --target=TEST
                    command:
                    - ci-operator
                    env:
                    - name: HTTP_SERVER_IP
                      valueFrom:
                        fieldRef:
                          fieldPath: status.podIP
                    image: registry.example.org/ci/ci-operator:latest
                    imagePullPolicy: Always
                    name: ""
                    ports:
                    - containerPort: 8080
                      name: http
                    resources:
                      requests:
                        cpu: 10m
                    volumeMounts:
                    - mountPath: /secrets/gcs
                      name: gcs-credentials
                      readOnly: true
                    - mountPath: /secrets/manifest-tool
                      name: manifest-tool-local-pusher
                      readOnly: true
                    - mountPath: /etc/pull-secret
                      name: pull-secret
                      readOnly: true
                    - mountPath: /etc/report
                      name: result-aggregator
                      readOnly: true
                  serviceAccountName: ci-operator
                  volumes:
                  - name: manifest-tool-local-pusher
                    secret:
                      secretName: manifest-tool-local-pusher
                  - name: pull-secret
                    secret:
                      secretName: registry-pull-credentials
                  - name: result-aggregator
                    secret:
                      secretName: result-aggregator
            """;

    private final Path folder;

    private JobConfigGenerator(Path folder) {
        this.folder = folder;
    }

    /** Arguments: the folder, and the number of jobs, 40,560 if absent. */
    public static void main(String... arguments) throws IOException {
        int jobs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40_560;
        JobConfigGenerator generator = new JobConfigGenerator(Path.of(arguments[0]));
        for (int repository = 0; repository * JOBS_OF_A_REPOSITORY < jobs; repository++) {
            generator.repository(ORGS.get(repository % ORGS.size()), "component-" + repository, repository);
        }
    }

    private void repository(String org, String name, int number) throws IOException {
        Path home = Files.createDirectories(folder.resolve(org).resolve(name));
        for (String branch : BRANCHES) {
            String prefix = org + "-" + name + "-" + branch;
            Files.writeString(
                    home.resolve(prefix + "-presubmits.yaml"),
                    byRepository("presubmits", org + "/" + name, branch, number));
            Files.writeString(
                    home.resolve(prefix + "-postsubmits.yaml"),
                    byRepository("postsubmits", org + "/" + name, branch, number));
            StringBuilder periodics = new StringBuilder("periodics:\n");
            for (String test : PERIODICS) {
                periodics.append(periodic(org, name, branch, test, number));
            }
            Files.writeString(home.resolve(prefix + "-periodics.yaml"), periodics.toString());
        }
    }

    private static String byRepository(String type, String repository, String branch, int number) {
        StringBuilder text = new StringBuilder(type + ":\n  " + repository + ":\n");
        boolean presubmits = type.equals("presubmits");
        for (String test : presubmits ? PRESUBMITS : POSTSUBMITS) {
            String job = (presubmits ? """
                  - agent: kubernetes
                    always_run: true
                """ : """
                  - agent: kubernetes
                """) + branches(branch) + cluster(number, "    ") + """
                    context: ci/prow/TEST
                    decorate: true
                    decoration_config:
                      skip_cloning: true
                """ + labels("    ")
                    + "    name: " + (presubmits ? "pull" : "branch") + "-ci-" + repository.replace('/', '-')
                    + "-" + branch + "-TEST\n";
            text.append((job
                            + (presubmits ? "    rerun_command: /test TEST\n" : "")
                            + SPEC.indent(0)
                            + (presubmits ? "    trigger: (?m)^/test( | .* )TEST,?($|\\s.*)\n" : ""))
                    .replace("TEST", test));
        }
        return text.toString();
    }

    private static String periodic(String org, String name, String branch, String test, int number) {
        String head = "- agent: kubernetes\n" + cluster(number, "  ")
                + "  cron: " + number % 60 + " " + number % 24 + " * * *\n"
                + "  decorate: true\n  extra_refs:\n  - base_ref: " + branch + "\n    org: " + org + "\n    repo: "
                + name
                + "\n" + labels("  ") + "  name: periodic-ci-" + org + "-" + name + "-" + branch + "-TEST\n";
        return (head + SPEC.indent(-2)).replace("TEST", test);
    }

    private static String branches(String branch) {
        String pattern = branch.replace(".", "\\.");
        return "    branches:\n    - ^" + pattern + "$\n    - ^" + pattern + "-\n";
    }

    private static String cluster(int number, String indent) {
        return indent + "cluster: build" + number % 12 + "\n";
    }

    private static String labels(String indent) {
        return (indent + "labels:\n" + indent + "  ci.openshift.io/generator: prowgen\n" + indent
                + "  pj-rehearse.openshift.io/can-be-rehearsed: \"true\"\n");
    }
}

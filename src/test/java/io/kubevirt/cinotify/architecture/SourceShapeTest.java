// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits on the size of files and methods, and text that must not be in the sources. */
class SourceShapeTest {

    private static final Path MAIN = Path.of("src", "main");
    private static final int MAX_FILE_LINES = 400;

    private static final int HEADER_LINES = 2;

    private static final int MAX_METHOD_LINES = 40;
    private static final int MAX_PARAMETERS = 5;

    /** Belongs into the preset under config/. */
    private static final List<String> KUBEVIRT_NAMES = List.of(
            "kubevirt", "sig-compute", "sig-network", "sig-storage", "dollierp", "dhiller", "enp0s3", "xpivarc");

    private static final Pattern ABSOLUTE_PATH =
            Pattern.compile("(^|[\\s\"'=(])(/(home|root|tmp|work|usr|opt|var|Users)/|[A-Z]:\\\\)");

    private static final List<Method> METHODS = new ArrayList<>();

    /** A method or constructor as written. */
    private record Method(String name, int lines, int parameters) {}

    @BeforeAll
    static void parse() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, problem -> {}, null, null, files.getJavaFileObjectsFromPaths(sources()));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(unit, trees.getSourcePositions()).scan(unit, null);
            }
        }
    }

    @Test
    void filesHaveAtMost400Lines() throws IOException {
        for (Path source : sources()) {
            int lines = Files.readAllLines(source).size() - HEADER_LINES;
            assertThat(lines).as("lines of " + source).isLessThanOrEqualTo(MAX_FILE_LINES);
        }
    }

    @Test
    void noSimpleClassNameIsUsedTwice() throws IOException {
        Map<String, List<String>> byName = sources().stream()
                .filter(source -> !source.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(
                        source -> source.getFileName().toString(),
                        Collectors.mapping(Path::toString, Collectors.toList())));
        assertThat(byName.values()).allSatisfy(files -> assertThat(files).hasSize(1));
    }

    @Test
    void methodsHaveAtMost40Lines() {
        assertThat(METHODS).isNotEmpty();
        assertThat(METHODS.stream().filter(method -> method.lines() > MAX_METHOD_LINES))
                .isEmpty();
    }

    @Test
    void methodsHaveAtMostFiveParameters() {
        assertThat(METHODS.stream().filter(method -> method.parameters() > MAX_PARAMETERS))
                .isEmpty();
    }

    @Test
    void theProgramNamesNothingOfKubeVirt() throws IOException {
        for (Path file : files(MAIN)) {
            String text = Files.readString(file)
                    .toLowerCase(Locale.ROOT)
                    .replace("io.kubevirt.cinotify", "")
                    .replace("io/kubevirt/cinotify", "");
            assertThat(KUBEVIRT_NAMES.stream().filter(text::contains))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void theProgramContainsNoAbsolutePath() throws IOException {
        for (Path file : files(MAIN)) {
            Matcher path = ABSOLUTE_PATH.matcher(Files.readString(file));
            assertThat(path.find() ? path.group() : "").as(file.toString()).isEmpty();
        }
    }

    private static List<Path> sources() throws IOException {
        return files(MAIN.resolve("java"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Walks through one file. */
    private static final class Measure extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        private Measure(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            boolean isConstructor = method.getReturnType() == null;
            boolean ofRecord = owner.getKind() == Tree.Kind.RECORD && isConstructor;
            LineMap lines = unit.getLineMap();
            long length = lines.getLineNumber(positions.getEndPosition(unit, method))
                    - lines.getLineNumber(positions.getStartPosition(unit, method))
                    + 1;
            METHODS.add(new Method(
                    owner.getSimpleName() + "." + (isConstructor ? "new" : method.getName()),
                    (int) length,
                    ofRecord ? 0 : method.getParameters().size()));
            return super.visitMethod(method, nothing);
        }
    }
}

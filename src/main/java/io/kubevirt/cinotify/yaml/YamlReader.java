// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.yaml.NodeLocations.LocatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds Jackson nodes from SnakeYAML events, which carry lines.
 *
 * <p>Composing SnakeYAML's own nodes takes about twice as long as the events alone, and each start reads a whole job
 * configuration.
 */
final class YamlReader {
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    private static final int MAX_DEPTH = 100;

    /** Aliases repeat what they refer to: a small text must not expand without limit ("billion laughs"). */
    private static final long MAX_NODES = 2_000_000;

    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final String CONFLICT_MARKER = "<<<<<<< ";

    private final String file;
    private final boolean asProw;
    private final Map<String, LocatedNode> anchors = new HashMap<>();
    private final Set<String> openAnchors = new HashSet<>();
    private long nodes;

    /** @param asProw whether the text is read as Prow reads it, see {@link YamlDocument#parseAsProw} */
    YamlReader(String file, boolean asProw) {
        this.file = file;
        this.asProw = asProw;
    }

    YamlDocument read(String text) throws InvalidConfigException {
        return parse(text, this::document);
    }

    /** Only checks the syntax: an alias may refer to another text. */
    void check(String text) throws InvalidConfigException {
        parse(text, events -> {
            while (events.peekEvent() != null) {
                events.getEvent();
            }
            return events;
        });
    }

    private <T> T parse(String text, Function<Parser, T> reader) throws InvalidConfigException {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file, "the file has more than " + MAX_CHARACTERS + " characters", "split it into several files"));
        }
        try {
            return reader.apply(new ParserImpl(new StreamReader(text), options()));
        } catch (ReadException e) {
            throw new InvalidConfigException(e.toProblem(file));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            requireNoConflict(text);
            throw syntax(mark == null ? null : mark.getLine() + 1, e.getProblem());
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            throw syntax(line, "invalid character U+%04X".formatted(e.getCodePoint()));
        } catch (RuntimeException e) {
            // SnakeYAML throws a few other exceptions, for example for a version number that is too large.
            throw syntax(null, String.valueOf(e.getMessage()));
        }
    }

    /** Reports merge conflict markers as such; SnakeYAML would report the text that follows them. */
    private void requireNoConflict(String text) throws InvalidConfigException {
        int line = 1;
        for (String read : text.lines().toList()) {
            if (read.startsWith(CONFLICT_MARKER)) {
                throw new InvalidConfigException(new ConfigProblem(
                        file, line, "unresolved merge conflict", "resolve it and remove the markers"));
            }
            line++;
        }
    }

    private InvalidConfigException syntax(@Nullable Integer line, String what) {
        return new InvalidConfigException(new ConfigProblem(file, line, "not valid YAML: " + what, "fix the syntax"));
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        return options;
    }

    private YamlDocument document(Parser events) {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return new YamlDocument(file, MissingNode.getInstance(), null);
        }
        events.getEvent();
        LocatedNode root = node(events, 0);
        if (!asProw) {
            requireEnd(events);
        }
        return root.value().isNull()
                ? new YamlDocument(file, MissingNode.getInstance(), root.locations())
                : new YamlDocument(file, root.value(), root.locations());
    }

    private static void requireEnd(Parser events) {
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw new ReadException(
                    line(events.peekEvent()), "a second document starts here", "put each document into its own file");
        }
    }

    private LocatedNode node(Parser events, int depth) {
        Event event = events.getEvent();
        if (depth > MAX_DEPTH) {
            throw new ReadException(line(event), "more than " + MAX_DEPTH + " levels of nesting", "reduce the nesting");
        }
        countNodes(1, event);
        if (event instanceof AliasEvent alias) {
            return resolveAlias(alias);
        }
        @Nullable String anchor = ((NodeEvent) event).getAnchor();
        if (anchor == null) {
            return content(event, events, depth);
        }
        openAnchors.add(anchor);
        LocatedNode element = content(event, events, depth);
        openAnchors.remove(anchor);
        anchors.put(anchor, element);
        return element;
    }

    private LocatedNode content(Event event, Parser events, int depth) {
        return switch (event) {
            case MappingStartEvent start -> mapping(start, events, depth);
            case SequenceStartEvent start -> sequence(start, events, depth);
            case ScalarEvent scalar -> LocatedNode.scalar(scalar(scalar), line(scalar));
            default -> throw new ReadException(line(event), "something stands where a value should", "fix the syntax");
        };
    }

    private LocatedNode resolveAlias(AliasEvent alias) {
        LocatedNode element = anchors.get(alias.getAnchor());
        if (openAnchors.contains(alias.getAnchor())) {
            throw new ReadException(
                    line(alias),
                    "\"*" + alias.getAnchor() + "\" refers to a node that contains it",
                    "refer to another node");
        }
        if (element == null) {
            throw new ReadException(
                    line(alias),
                    "\"*" + alias.getAnchor() + "\" is not defined above",
                    "define \"&" + alias.getAnchor() + "\" before this line");
        }
        countNodes(element.size(), alias);
        return element;
    }

    private LocatedNode sequence(SequenceStartEvent start, Parser events, int depth) {
        List<LocatedNode> elements = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            elements.add(node(events, depth + 1));
        }
        events.getEvent();
        return LocatedNode.sequence(elements, line(start));
    }

    private LocatedNode mapping(MappingStartEvent start, Parser events, int depth) {
        YamlMapping mapping = new YamlMapping(line(start), asProw);
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event event = events.getEvent();
            String key = key(event);
            LocatedNode value = node(events, depth + 1);
            if (event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<")) {
                mapping.merge(line(event), value);
            } else {
                mapping.put(key, line(event), value);
            }
        }
        countNodes(mapping.mergedEntries(), events.getEvent());
        return mapping.toNode();
    }

    private String key(Event event) {
        if (event instanceof AliasEvent alias && resolveAlias(alias).value().isValueNode()) {
            return resolveAlias(alias).value().asText();
        }
        if (!(event instanceof ScalarEvent scalar)) {
            throw new ReadException(line(event), "a key is not a string", "write the key as plain or quoted text");
        }
        if (scalar.getAnchor() != null) {
            anchors.put(scalar.getAnchor(), LocatedNode.scalar(scalar(scalar), line(scalar)));
        }
        return asProw ? scalar(scalar).asText() : scalar.getValue();
    }

    private void countNodes(long more, Event at) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new ReadException(
                    line(at), "more than " + MAX_NODES + " values when the aliases are expanded", "use fewer aliases");
        }
    }

    private JsonNode scalar(ScalarEvent scalar) {
        String tag = scalar.getTag();
        boolean typed = tag == null ? scalar.isPlain() : tag.startsWith(CORE_TAG) && !tag.equals(CORE_TAG + "str");
        if (typed) {
            return asProw ? GoScalars.resolve(scalar.getValue()) : plainScalar(scalar.getValue());
        }
        return JsonNodeFactory.instance.textNode(scalar.getValue());
    }

    private static JsonNode plainScalar(String value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> json.nullNode();
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> json.booleanNode(true);
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> json.booleanNode(false);
            default -> isInteger(value) ? json.numberNode(Long.parseLong(value)) : json.textNode(value);
        };
    }

    /** Decimal only: YAML 1.1 reads {@code 010} as eight and {@code 9:30} as 570. */
    private static boolean isInteger(String value) {
        int start = value.charAt(0) == '-' || value.charAt(0) == '+' ? 1 : 0;
        int digits = value.length() - start;
        // Eighteen digits always fit into 64 bits; a longer number is an identifier and stays text.
        boolean mayFit = digits > 0 && digits <= 18;
        boolean leadingZero = digits > 1 && value.charAt(start) == '0';
        return mayFit && !leadingZero && value.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    /** Aborts reading; never leaves this package. */
    static final class ReadException extends RuntimeException {
        private final int line;
        private final String problem;
        private final String hint;

        ReadException(int line, String problem, String hint) {
            super(problem, null, false, false);
            this.line = line;
            this.problem = problem;
            this.hint = hint;
        }

        ConfigProblem toProblem(String file) {
            return new ConfigProblem(file, line, problem, hint);
        }
    }
}

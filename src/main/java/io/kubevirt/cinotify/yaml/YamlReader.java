// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Turns SnakeYAML's events, which carry lines, into Jackson's nodes, which the rest of the program reads.
 *
 * <p>From events and not from SnakeYAML's own nodes: a cold start reads a whole job configuration, and composing those
 * took about twice as long as the events alone.
 */
final class YamlReader {

    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    private static final int MAX_DEPTH = 100;

    /** Aliases repeat what they name: a small text must not become an endless tree ("billion laughs"). */
    private static final long MAX_NODES = 2_000_000;

    private static final String CONFLICT_MARKER = "<<<<<<< ";

    private final String file;
    private final Map<String, LocatedNode> anchors = new HashMap<>();
    private final Set<String> openAnchors = new HashSet<>();
    private long nodes;

    YamlReader(String file) {
        this.file = file;
    }

    YamlDocument read(String text) throws InvalidConfigException {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file, "it has more than " + MAX_CHARACTERS + " characters", "split it into several files"));
        }
        try {
            return document(new ParserImpl(new StreamReader(text), options()));
        } catch (YamlReadException e) {
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
            throw syntax(line, "it contains the character U+%04X".formatted(e.getCodePoint()));
        } catch (RuntimeException e) {
            // SnakeYAML lets a few others escape, such as the one for a version number that is too large.
            throw syntax(null, String.valueOf(e.getMessage()));
        }
    }

    /** The parser complains of what follows the marks of a merge, in its own words. */
    private void requireNoConflict(String text) throws InvalidConfigException {
        int line = 1;
        for (String read : text.lines().toList()) {
            if (read.startsWith(CONFLICT_MARKER)) {
                throw new InvalidConfigException(new ConfigProblem(
                        file,
                        line,
                        "a merge has left its conflict here",
                        "keep one side of it, and take the marks out"));
            }
            line++;
        }
    }

    private InvalidConfigException syntax(@Nullable Integer line, String what) {
        return new InvalidConfigException(new ConfigProblem(file, line, "not valid YAML: " + what, "mend the syntax"));
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
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw new YamlReadException(
                    line(events.peekEvent()), "a second document starts here", "give each document its own file");
        }
        return root.value().isNull()
                ? new YamlDocument(file, MissingNode.getInstance(), root.locations())
                : new YamlDocument(file, root.value(), root.locations());
    }

    private LocatedNode node(Parser events, int depth) {
        Event event = events.getEvent();
        if (depth > MAX_DEPTH) {
            throw new YamlReadException(
                    line(event), "it is nested more than " + MAX_DEPTH + " levels deep", "make it flatter");
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
            case ScalarEvent scalar -> LocatedNode.scalar(YamlScalar.read(scalar), line(scalar));
            default ->
                throw new YamlReadException(line(event), "something stands where a value should", "mend the syntax");
        };
    }

    private LocatedNode resolveAlias(AliasEvent alias) {
        LocatedNode element = anchors.get(alias.getAnchor());
        if (openAnchors.contains(alias.getAnchor())) {
            throw new YamlReadException(
                    line(alias), "\"*" + alias.getAnchor() + "\" stands within what it names", "name something else");
        }
        if (element == null) {
            throw new YamlReadException(
                    line(alias),
                    "\"*" + alias.getAnchor() + "\" names nothing above it",
                    "put \"&" + alias.getAnchor() + "\" before the value that is meant");
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
        YamlMapping mapping = new YamlMapping(line(start));
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event key = events.getEvent();
            if (!(key instanceof ScalarEvent word)) {
                throw new YamlReadException(line(key), "a key is not a word", "write the key as plain or quoted text");
            }
            if (word.getAnchor() != null) {
                anchors.put(word.getAnchor(), LocatedNode.scalar(YamlScalar.read(word), line(word)));
            }
            LocatedNode value = node(events, depth + 1);
            if (word.isPlain() && word.getValue().equals("<<")) {
                mapping.merge(line(key), value);
            } else {
                mapping.put(word.getValue(), line(key), value);
            }
        }
        countNodes(mapping.mergedEntries(), events.getEvent());
        return mapping.toNode();
    }

    private void countNodes(long more, Event at) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new YamlReadException(
                    line(at),
                    "it grows beyond " + MAX_NODES + " values when its aliases are followed",
                    "repeat less by alias");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }
}

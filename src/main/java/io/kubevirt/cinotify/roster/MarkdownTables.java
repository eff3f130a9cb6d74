// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.nodes.Element;

/**
 * Finds the tables in a Markdown text, written in Markdown or HTML, as GitHub displays them: Markdown is rendered to HTML,
 * which is then parsed.
 *
 * <p>Source lines are kept: every HTML block starts on the same line of the rendered page as in the source, where jsoup
 * counts it, and rows of Markdown tables carry their line as an attribute.
 */
final class MarkdownTables {
    /**
     * About forty times the real document. A ConfigMap can hold 1 MiB, but the parsers need seconds for hostile input of that
     * size.
     */
    static final int MAX_CHARACTERS = 256 * 1024;

    private static final int MAX_NESTING = 50;
    private static final String LINE = "data-line";
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());

    private final String file;

    MarkdownTables(String file) {
        this.file = file;
    }

    /** The tables in the order of the document; a nested table follows the outer one. */
    List<HtmlTable> read(String text) throws InvalidConfigException {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file,
                    "the document has " + text.length() + " characters",
                    "keep it below " + MAX_CHARACTERS + " characters"));
        }
        org.jsoup.parser.Parser html = org.jsoup.parser.Parser.htmlParser().setTrackPosition(true);
        return html.parseInput(page(text), "").select("table").stream()
                .map(HtmlTable::of)
                .toList();
    }

    /** The source line of a table, row or cell, counted from 1. */
    static int line(Element element) {
        String row = element.hasAttr(LINE) ? element.attr(LINE) : parentLine(element);
        try {
            return Integer.parseInt(row);
        } catch (NumberFormatException e) {
            return element.sourceRange().start().lineNumber();
        }
    }

    private static String parentLine(Element element) {
        Element parent = element.parent();
        return parent == null ? "" : parent.attr(LINE);
    }

    private static String page(String text) {
        Node document = Parser.builder()
                .extensions(TABLES)
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .maxOpenBlockParsers(MAX_NESTING)
                .maxInlineNesting(MAX_NESTING)
                .build()
                .parse(text);
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(TABLES)
                .attributeProviderFactory(context -> MarkdownTables::keepLine)
                .build();
        StringBuilder page = new StringBuilder();
        int line = 0;
        for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
            for (; line < sourceLine(block); line++) {
                page.append('\n');
            }
            String rendered = renderer.render(block);
            // Only HTML blocks keep their line breaks; other blocks must not move the following lines.
            String kept = block instanceof HtmlBlock ? rendered : rendered.replace('\n', ' ');
            page.append(kept);
            line += Math.toIntExact(
                    kept.chars().filter(character -> character == '\n').count());
        }
        return page.toString();
    }

    private static void keepLine(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof TableRow) {
            attributes.put(LINE, Integer.toString(sourceLine(node) + 1));
        }
    }

    /** Counted from 0; also 0 for a block without text. */
    private static int sourceLine(Node node) {
        return node.getSourceSpans().isEmpty()
                ? 0
                : node.getSourceSpans().getFirst().getLineIndex();
    }
}

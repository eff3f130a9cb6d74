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
 * Finds the tables of a Markdown text, whether written in pipes or in HTML, the way GitHub shows them: Markdown to
 * HTML, HTML to elements.
 *
 * <p>Lines survive the way: every HTML block is put on the line of the page on which it stands in the source, where
 * jsoup counts it, and rows made of pipes carry theirs as an attribute.
 */
final class MarkdownTables {

    /**
     * Some forty times what the real document has. A ConfigMap could hold 1 MiB, but the parsers take seconds for the
     * worst that fits into that.
     */
    static final int MAX_CHARACTERS = 256 * 1024;

    private static final int MAX_NESTING = 50;
    private static final String LINE = "data-line";
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());

    private final String file;

    MarkdownTables(String file) {
        this.file = file;
    }

    /** The tables in the order of the document; a table within another comes after it. */
    List<HtmlTable> read(String text) throws InvalidConfigException {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    file,
                    "the document has " + text.length() + " characters, more than people write",
                    "keep it below " + MAX_CHARACTERS + " characters"));
        }
        org.jsoup.parser.Parser html = org.jsoup.parser.Parser.htmlParser().setTrackPosition(true);
        return html.parseInput(page(text), "").select("table").stream()
                .map(HtmlTable::of)
                .toList();
    }

    /** The line of the source on which a table, row or cell of the page begins, counted from 1. */
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
            // Only HTML blocks keep their lines; others must not push what follows them further down.
            String kept = block instanceof HtmlBlock ? rendered : rendered.replace('\n', ' ');
            page.append(kept);
            line += Math.toIntExact(
                    kept.chars().filter(letter -> letter == '\n').count());
        }
        return page.toString();
    }

    private static void keepLine(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof TableRow) {
            attributes.put(LINE, Integer.toString(sourceLine(node) + 1));
        }
    }

    /** Counted from 0; 0 too for a block that has no text of its own. */
    private static int sourceLine(Node node) {
        return node.getSourceSpans().isEmpty()
                ? 0
                : node.getSourceSpans().getFirst().getLineIndex();
    }
}

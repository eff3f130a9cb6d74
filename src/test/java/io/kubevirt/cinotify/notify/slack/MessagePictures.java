// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** {@code make pictures}: renders the golden messages to {@code docs/images/} with Chromium. */
final class MessagePictures {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/messages");
    private static final Path IMAGES = Path.of("docs/images");
    private static final int WIDTH = 820;
    private static final String STYLE = """
            body{margin:16px;font:15px/22px Lato,'DejaVu Sans',Arial,sans-serif;color:#1d1c1d;background:#fff;width:770px}
            a{color:#1264a3;text-decoration:none} h2{font-size:17px;margin:2px 0 6px} h3{font-size:15px;margin:8px 0 2px}
            .who{font-weight:700;margin-bottom:2px} .app{background:#ddd;font-size:10px;padding:1px 3px;border-radius:2px;color:#555}
            .logo{position:absolute;left:16px;width:36px;height:36px;border-radius:6px;background:#1f5fbf;color:#fff;font:700 13px/36px sans-serif;text-align:center}
            .slack{margin-left:52px} .at{background:#e8f5fa;color:#1264a3;padding:0 2px;border-radius:3px}
            pre{border:1px solid #ddd;border-radius:4px;background:#f8f8f8;padding:8px 12px;margin:4px 0;font:12px/18px monospace;white-space:pre-wrap}
            code{background:#f8f8f8;border:1px solid #ddd;border-radius:3px;padding:0 3px;font-size:12px;color:#c01343}
            .g,.r{display:inline-block;width:13px;height:13px;border-radius:3px;margin-left:2px;vertical-align:-1px} .g{background:#2eb67d} .r{background:#e01e5a}
            button{font:700 14px sans-serif;border:1px solid #bbb;border-radius:4px;background:#fff;padding:6px 12px;margin:6px 6px 0 0}
            .primary{background:#007a5a;color:#fff;border:0} ul{margin:2px 0;padding-left:20px}
            .github{border:1px solid #d0d7de;border-radius:6px;padding:12px 16px} .github h1{font-size:20px;margin:0 0 8px}
            """;

    private MessagePictures() {}

    public static void main(String[] arguments) throws Exception {
        Optional<String> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (chromium.isEmpty()) {
            System.out.println("no pictures: Chromium is not installed (Debian: apt-get install chromium)");
            return;
        }
        Files.createDirectories(IMAGES);
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                boolean slack = name.endsWith(".slack.json");
                String html = slack ? slack(Files.readString(file)) : github(Files.readString(file));
                String image = (slack ? "slack-" : "github-") + name.replaceAll("\\..*", "") + ".png";
                if (slack || name.matches("(answer|opened|resolved)\\.md")) {
                    render(chromium.get(), html, IMAGES.resolve(image));
                }
            }
        }
    }

    private static String slack(String json) throws IOException {
        StringBuilder html = new StringBuilder("<div class=logo>ci</div><div class=slack><div class=who>ci-notify "
                + "<span class=app>APP</span></div>");
        for (JsonNode block : new ObjectMapper().readTree(json).path("blocks")) {
            String text = block.path("text").isObject()
                    ? block.path("text").path("text").asText()
                    : block.path("text").asText();
            switch (block.path("type").asText()) {
                case "header" -> html.append("<h2>").append(escaped(text)).append("</h2>");
                case "actions" -> buttons(block, html);
                case "markdown" ->
                    html.append("<div>").append(mrkdwn(text.replace("**", "*"))).append("</div>");
                default -> html.append("<div>").append(mrkdwn(text)).append("</div>");
            }
        }
        return html + "</div>";
    }

    private static void buttons(JsonNode block, StringBuilder html) {
        for (JsonNode element : block.path("elements")) {
            boolean select = !element.path("type").asText().equals("button");
            String text =
                    element.path(select ? "placeholder" : "text").path("text").asText();
            html.append("<button class=")
                    .append(element.path("style").asText("plain"))
                    .append('>');
            html.append(escaped(text)).append(select ? " ▾" : "").append("</button>");
        }
    }

    private static String mrkdwn(String text) {
        String html = text.replaceAll("<!date[^|>]*\\|([^>]*)>", "$1")
                .replaceAll("<@(\\w+)>", "\u0001span class=at\u0002@Somebody\u0001/span\u0002")
                .replaceAll("<(https?:[^|>]*)\\|([^>]*)>", "\u0001a href='$1'\u0002$2\u0001/a\u0002");
        return lines(html.replaceAll("(?s)```\n?(.*?)\n?```\n?", "\u0001pre\u0002$1\u0001/pre\u0002")
                .replaceAll("\\*([^*\n]+)\\*", "\u0001b\u0002$1\u0001/b\u0002"));
    }

    private static String lines(String text) {
        return text.replaceAll("`([^`\n]+)`", "\u0001code\u0002$1\u0001/code\u0002")
                .replace("\u200b", "")
                .replace("🟩", "<i class=g></i>")
                .replace("🟥", "<i class=r></i>")
                .replace('\u0001', '<')
                .replace('\u0002', '>')
                .replaceAll("\n?(</?pre>)\n?", "$1")
                .replace("\n", "<br>");
    }

    private static String github(String markdown) {
        String html = markdown.replaceAll("&#8203;", "")
                .replaceAll("(?s)\n<details>.*", "\n▸ Details\n")
                .replaceAll("(?m)^# (.*)\n\n", "\u0001h1\u0002$1\u0001/h1\u0002")
                .replaceAll("\\[([^]]*)\\]\\(([^)]*)\\)", "\u0001a href='$2'\u0002$1\u0001/a\u0002")
                .replaceAll("\\*\\*([^*\n]+)\\*\\*", "\u0001b\u0002$1\u0001/b\u0002")
                .replaceAll("(?s)```\n(.*?)\n```\n?", "\u0001pre\u0002$1\u0001/pre\u0002")
                .replaceAll("(^|\\s)(@[\\w-]+)", "$1\u0001b\u0002$2\u0001/b\u0002");
        return "<div class=github>" + lines(html) + "</div>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void render(String chromium, String body, Path image) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pictures");
        Path page = folder.resolve("page.html");
        Files.writeString(page, "<!doctype html><meta charset=utf-8><style>" + STYLE + "</style>" + body);
        Path shot = folder.resolve("shot.png");
        Process process = new ProcessBuilder(List.of(
                        chromium,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=" + WIDTH + ",1400",
                        "--screenshot=" + shot,
                        page.toUri().toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        int status = process.waitFor();
        if (status != 0 || !Files.exists(shot)) {
            throw new IOException("Chromium ended with " + status + ": see " + folder.resolve("log"));
        }
        ImageIO.write(cropped(ImageIO.read(shot.toFile())), "png", image.toFile());
        System.out.println(image + " " + Files.size(image) / 1024 + " KB");
    }

    /** Without the empty rows at the end, and in few colors, which makes the file smaller. */
    private static BufferedImage cropped(BufferedImage shot) {
        int background = shot.getRGB(0, 0);
        int last = shot.getHeight() - 1;
        while (last > 0 && isEmpty(shot, last, background)) {
            last--;
        }
        int height = Math.min(shot.getHeight(), last + 16);
        BufferedImage small = new BufferedImage(shot.getWidth(), height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < shot.getWidth(); column++) {
                int rgb = shot.getRGB(column, row) & 0xf0f0f0;
                small.setRGB(column, row, rgb | rgb >> 4);
            }
        }
        return small;
    }

    private static boolean isEmpty(BufferedImage shot, int row, int background) {
        for (int column = 0; column < shot.getWidth(); column++) {
            if (shot.getRGB(column, row) != background) {
                return false;
            }
        }
        return true;
    }
}

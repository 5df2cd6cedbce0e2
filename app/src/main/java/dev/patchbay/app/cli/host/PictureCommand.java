package dev.patchbay.app.cli.host;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.export.MermaidDiagram;
import dev.patchbay.app.export.TopologyPng;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `picture`: draws the current topology, without a display.
@Command(
        name = "picture",
        description = "Draw the topology of now into a PNG, SVG or Mermaid file; needs no display",
        customSynopsis = "patchbay picture [OPTIONS] FILE.png|FILE.svg|FILE.mmd")
public final class PictureCommand extends CliCommand {
    @Option(names = "--theme", paramLabel = "THEME", description = "light, dark (default) or high-contrast")
    String theme = "dark";

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            description = "Of a PNG, in pixels, at most 16384 each (default 1600x1000)")
    String size = "1600x1000";

    public PictureCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(1);
    }

    @Override
    protected int execute() throws EngineException, RefusedException, UsageException {
        String file = arguments.getFirst();
        if (!file.endsWith(".png") && !file.endsWith(".svg") && !file.endsWith(".mmd")) {
            throw new UsageException("a picture is a PNG, SVG or Mermaid file: name it FILE.png, FILE.svg or FILE.mmd");
        }
        Theme look = theme();
        int[] pixels = pixels();
        try {
            Topology topology = host().topology();
            if (file.endsWith(".png")) {
                TopologyPng.write(topology, Path.of(file), look, pixels[0], pixels[1]);
            } else {
                Files.writeString(Path.of(file), text(topology, look, file.endsWith(".svg")));
            }
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.of("not-written", "cannot write the picture: " + EngineException.reason(e)));
        }
        print(file);
        return ExitCode.DONE;
    }

    private static String text(Topology topology, Theme look, boolean svg) {
        return svg
                ? SceneRenderer.toSvg(
                        SceneLayout.of(topology, Arrangement.none()).scene(), Palette.of(look))
                : MermaidDiagram.of(topology);
    }

    private Theme theme() throws UsageException {
        return switch (theme) {
            case "dark" -> Theme.DARK;
            case "light" -> Theme.LIGHT;
            case "high-contrast" -> Theme.HIGH_CONTRAST;
            default ->
                throw new UsageException(
                        "invalid argument \"" + theme + "\" for \"--theme\" flag: light, dark or high-contrast");
        };
    }

    private int[] pixels() throws UsageException {
        int x = size.indexOf('x');
        if (size.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
            int width = Integer.parseInt(size.substring(0, x));
            int height = Integer.parseInt(size.substring(x + 1));
            if (width <= TopologyPng.MAX_SIDE && height <= TopologyPng.MAX_SIDE) {
                return new int[] {width, height};
            }
        }
        throw new UsageException("invalid argument \"" + size + "\" for \"--size\" flag: 1600x1000, at most "
                + TopologyPng.MAX_SIDE + " each");
    }
}

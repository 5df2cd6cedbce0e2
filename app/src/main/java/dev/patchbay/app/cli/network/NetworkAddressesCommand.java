package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.app.cli.text.TextTable;
import dev.patchbay.core.ipam.AddressMap;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/// `network addresses`: the pools, subnets and routes of the host. Docker has no such list.
@Command(
        name = "addresses",
        description = "List address pools, subnets and routes, what is free of them and what overlaps",
        customSynopsis = "patchbay network addresses")
public final class NetworkAddressesCommand extends CliCommand {
    NetworkAddressesCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException {
        AddressMap map = host().addressMap();
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("RANGE", "WHAT", "USED", "FREE", "NOTE"));
        for (AddressMap.Row row : map.rows()) {
            AddressMap.Usage usage = row.usage();
            lines.add(List.of(
                    row.range().toString(),
                    TerminalText.escape(row.subject().toString()),
                    usage == null ? "" : usage.usedText(),
                    usage == null ? "" : usage.freeText(),
                    row.note().toString()));
        }
        TextTable.lines(lines).forEach(line -> printText(line.stripTrailing()));
        map.problems().forEach(problem -> print("Problem: " + problem));
        return ExitCode.DONE;
    }
}

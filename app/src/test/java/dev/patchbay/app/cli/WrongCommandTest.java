package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.engine.EngineException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands that are wrong whatever the host is like: one sentence, exit code 2, and the host is never asked.
class WrongCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
                    foo                                    ~ patchbay: 'foo' is not a patchbay command.
                    network foo                            ~ patchbay: 'network foo' is not a patchbay command.
                    container foo                          ~ patchbay: 'container foo' is not a patchbay command.
                    lab foo                                ~ patchbay: 'lab foo' is not a patchbay command.
                    --foo                                  ~ unknown flag: --foo
                    network ls --foo                       ~ unknown flag: --foo
                    network ls extra                       ~ "patchbay network ls" accepts no arguments.
                    network create                         ~ "patchbay network create" requires exactly 1 argument.
                    network create a b                     ~ "patchbay network create" requires exactly 1 argument.
                    network create --subnet                ~ flag needs an argument: --subnet
                    network create --subnet=a --nope=1 x   ~ unknown flag: --nope
                    network connect a                      ~ "patchbay network connect" requires exactly 2 arguments.
                    network connect a b c                  ~ "patchbay network connect" requires exactly 2 arguments.
                    network disconnect                     ~ "patchbay network disconnect" requires exactly 2 arguments.
                    network inspect                        ~ "patchbay network inspect" requires at least 1 argument.
                    network rm                             ~ "patchbay network rm" requires at least 1 argument.
                    run                                    ~ "patchbay run" requires at least 1 argument.
                    run -dit                               ~ "patchbay run" requires at least 1 argument.
                    run -it httpd:2.4                      ~ patchbay: the command of a container reads nothing here: leave -i out, or add -d.
                    run --foo httpd                        ~ unknown flag: --foo
                    run -dz httpd                          ~ unknown shorthand flag: 'z' in -z
                    run -d --name                          ~ flag needs an argument: --name
                    run -d -p 99999:80 httpd               ~ patchbay: Invalid hostPort: 99999.
                    run -d -p 80:99999 httpd               ~ patchbay: Invalid containerPort: 99999.
                    run -d -p abc:80 httpd                 ~ patchbay: Invalid hostPort: abc.
                    run -d -p 80:80/foo httpd              ~ patchbay: Invalid proto: foo.
                    run -d -p 300.1.1.1:80:80 httpd        ~ patchbay: Invalid ip address: 300.1.1.1.
                    run -d -p 8000-8001:80-85 httpd        ~ patchbay: Invalid ranges specified for container and host Ports: 80-85 and 8000-8001.
                    run -d -p 9000-8000:80 httpd           ~ patchbay: Invalid hostPort: 9000-8000.
                    run -d -p : httpd                      ~ patchbay: No port specified: :<empty>.
                    run -d -p 80: httpd                    ~ patchbay: No port specified: 80:<empty>.
                    run -d -e =x httpd                     ~ invalid argument "=x" for "-e, --env" flag: invalid environment variable: =x
                    ps extra                               ~ "patchbay ps" accepts no arguments.
                    ps --format {{.ID                      ~ template parsing error: template: :1: unclosed action
                    container inspect                      ~ "patchbay container inspect" requires at least 1 argument.
                    inspect                                ~ "patchbay inspect" requires at least 1 argument.
                    inspect --type volume a                ~ "volume" is not a valid value for --type
                    inspect --format {{len}} a             ~ template parsing error: template: :1: function "len" not defined: Patchbay knows paths like .A.B, json, index and range … end
                    start                                  ~ "patchbay start" requires at least 1 argument.
                    stop                                   ~ "patchbay stop" requires at least 1 argument.
                    stop -t soon web01                     ~ invalid argument "soon" for "-t, --time" flag: strconv.ParseInt: parsing "soon": invalid syntax
                    restart                                ~ "patchbay restart" requires at least 1 argument.
                    kill                                   ~ "patchbay kill" requires at least 1 argument.
                    rename web01                           ~ "patchbay rename" requires exactly 2 arguments.
                    update web01                           ~ you must provide one or more flags when using this command
                    update                                 ~ "patchbay update" requires at least 1 argument.
                    update --restart                       ~ flag needs an argument: --restart
                    create                                 ~ "patchbay create" requires at least 1 argument.
                    create --restart on-failure:x httpd    ~ patchbay: maximum retry count must be an integer.
                    create --mac-address x httpd           ~ patchbay: x is not a valid mac address.
                    create -l =x httpd                     ~ invalid argument "=x" for "-l, --label" flag: invalid label '=x': empty name
                    restart -t soon web01                  ~ invalid argument "soon" for "-t, --time" flag: strconv.ParseInt: parsing "soon": invalid syntax
                    kill -s                                ~ flag needs an argument: --signal
                    rename a b c                           ~ "patchbay rename" requires exactly 2 arguments.
                    logs a b                               ~ "patchbay logs" requires exactly 1 argument.
                    container prune now                    ~ "patchbay container prune" accepts no arguments.
                    container prune --filter x             ~ invalid argument "x" for "--filter" flag: bad format of filter (expected name=value)
                    ps --last x                            ~ invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax
                    update --restart always:x web01        ~ maximum retry count must be an integer
                    wait                                   ~ "patchbay wait" requires at least 1 argument.
                    logs                                   ~ "patchbay logs" requires exactly 1 argument.
                    events now                             ~ "patchbay events" accepts no arguments.
                    run -d --rm --restart always httpd     ~ patchbay: Conflicting options: --restart and --rm.
                    run -d --dns x httpd                   ~ invalid argument "x" for "--dns" flag: x is not an ip address
                    run -d --add-host a httpd              ~ invalid argument "a" for "--add-host" flag: bad format for add-host: "a"
                    run -d --network name=a,b=c httpd      ~ invalid argument "name=a,b=c" for "--network" flag: invalid field key b
                    run -d --link-local-ip 1.2.3.4 httpd   ~ patchbay: a container has no link-local IPv4 address: give it one with --ip.
                    ps -f name                             ~ invalid argument "name" for "-f, --filter" flag: bad format of filter (expected name=value)
                    rm                                     ~ "patchbay rm" requires at least 1 argument.
                    rm --volumes a                         ~ unknown flag: --volumes
                    port                                   ~ "patchbay port" requires at least 1 and at most 2 arguments.
                    port a b c                             ~ "patchbay port" requires at least 1 and at most 2 arguments.
                    publish web01                          ~ "patchbay publish" requires exactly 2 arguments.
                    publish web01 x:80                     ~ Invalid hostPort: x
                    unpublish web01                        ~ "patchbay unpublish" requires exactly 2 arguments.
                    unpublish web01 :                      ~ No port specified: :<empty>
                    republish web01 8080:                  ~ "patchbay republish" requires exactly 3 arguments.
                    republish web01 8080: x                ~ Invalid hostPort: x
                    republish web01 8080: 0                ~ No host port specified: 0
                    network addresses shop                 ~ "patchbay network addresses" accepts no arguments.
                    network move shop web01                ~ "patchbay network move" requires exactly 3 arguments.
                    network subnet shop                    ~ "patchbay network subnet" requires exactly 2 arguments.
                    rules -t mangle                        ~ invalid argument "mangle" for "-t, --table" flag: nat, filter, raw or nft
                    undo 3                                 ~ "patchbay undo" accepts no arguments.
                    redo 3                                 ~ "patchbay redo" accepts no arguments.
                    lab exec                               ~ "patchbay lab exec" requires at least 1 argument.
                    lab up now                             ~ "patchbay lab up" accepts no arguments.
                    picture                                ~ "patchbay picture" requires exactly 1 argument.
                    picture a.jpg                          ~ a picture is a PNG, SVG or Mermaid file: name it FILE.png, FILE.svg or FILE.mmd
                    picture --theme pink a.png             ~ invalid argument "pink" for "--theme" flag: light, dark or high-contrast
                    picture --size 0x0 a.png               ~ invalid argument "0x0" for "--size" flag: 1600x1000, at most 16384 each
                    completion                             ~ "patchbay completion" requires exactly 1 argument.
                    completion fish                        ~ no completion for "fish": bash or zsh
                    tour now                               ~ "patchbay tour" accepts no arguments.
                    """)
    void isRefusedInOneSentence(String command, String sentence) {
        CliResult typed = CliResult.run(
                Map.of(),
                Clock.systemUTC(),
                _ -> {
                    throw new EngineException("test", "a wrong command must not reach the host");
                },
                command.split(" "));

        assertThat(typed.firstErrorLine()).isEqualTo(sentence);
        assertThat(typed.err()).contains("See 'patchbay").contains("--help'.");
        assertThat(typed.out()).isEmpty();
        assertThat(typed.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}

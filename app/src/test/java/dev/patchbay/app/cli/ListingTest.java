package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is listed, in which columns, and what filters leave of it.
class ListingTest extends SampleHostCommands {
    @Test
    void inspectOfNothingPrintsAnEmptyArrayAsDockerDoes() {
        assertThat(type("inspect x")).isEqualTo(new CliResult(1, lines("[]"), lines("Error: No such object: x")));
        assertThat(type("container inspect x"))
                .isEqualTo(new CliResult(1, lines("[]"), lines("Error: No such container: x")));
        assertThat(type("network inspect x y"))
                .isEqualTo(
                        new CliResult(1, lines("[]"), lines("Error: No such network: x", "Error: No such network: y")));
        assertThat(type("inspect --format {{.Id}} x"))
                .isEqualTo(new CliResult(1, lines(""), lines("Error: No such object: x")));
    }

    @Test
    void networksAreListedByName() {
        assertThat(type("network ls").outLines())
                .containsExactly(
                        "NETWORK ID     NAME          DRIVER    SCOPE",
                        "aaaaaaaaaaaa   bridge        bridge    local",
                        "cccccccccccc   mydockernet   bridge    local",
                        "bbbbbbbbbbbb   none          null      local");
        assertThat(type("network ls -q --no-trunc").outLines())
                .containsExactly("a".repeat(64), "c".repeat(64), "b".repeat(64));
        assertThat(type("network ls --format {{.Name}}/{{.Driver}}").outLines())
                .containsExactly("bridge/bridge", "mydockernet/bridge", "none/null");
    }

    @Test
    void filtersChooseAmongNetworks() {
        assertThat(type("network ls -q -f type=custom").outLines()).containsExactly("c".repeat(12));
        assertThat(type("network ls --format {{.Name}} --filter driver=null --filter driver=host")
                        .outLines())
                .containsExactly("none");
        assertThat(type("network ls --format {{.Name}} --filter name=^b --filter id=^aaa --filter scope=local")
                        .outLines())
                .containsExactly("bridge");
        assertThat(type("network ls --format {{.Name}} -f dangling=true").outLines())
                .containsExactly("mydockernet");
        assertThat(type("network ls -q -f label=nosuch").outLines()).isEmpty();
        assertThat(type("network ls --filter foo=bar").firstErrorLine())
                .isEqualTo("Error response from daemon: Invalid filter 'foo'");
        assertThat(type("network ls --filter dangling=maybe").firstErrorLine())
                .isEqualTo(
                        "Error response from daemon: invalid value for filter 'dangling', must be \"true\" (or \"1\"),"
                                + " or \"false\" (or \"0\")");
        assertThat(type("network ls --filter dangling").firstErrorLine())
                .isEqualTo("invalid argument \"dangling\" for \"-f, --filter\" flag: bad format of filter (expected"
                        + " name=value)");
        assertThat(type("network ls --format {{.CreatedAt}} -f name=bridge").outLines())
                .allMatch(line -> line.endsWith(" +0000 UTC"));
    }

    @Test
    void containersAreListedNewestFirst() {
        assertThat(type("ps").outLines())
                .containsExactly(
                        "CONTAINER ID   IMAGE       COMMAND              CREATED          STATUS          PORTS                  NAMES",
                        "111111111111   httpd:2.4   \"httpd-foreground\"   23 seconds ago   Up 22 seconds   0.0.0.0:8080->80/tcp   web01");
        assertThat(type("ps --format {{.CreatedAt}}").outLines())
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+0000 UTC"))
                .hasSize(1);
        assertThat(type("container ls -aq").outLines()).containsExactly("222222222222", "111111111111");
        assertThat(type("ps -a --format {{.Names}}:{{.Status}}").outLines())
                .containsExactly("web02:Exited (0) 3 seconds ago", "web01:Up 22 seconds");
        assertThat(CliResult.run(Map.of(), clock(), _ -> host, "ps", "--format", "table {{.Names}}\\t{{.State}}")
                        .outLines())
                .containsExactly("NAMES     STATE", "web01     running");
    }

    @Test
    void filtersChooseAmongContainers() {
        String names = " --format {{.Names}}";
        assertThat(type("ps -f status=exited" + names).outLines()).containsExactly("web02");
        assertThat(type("ps -a -f exited=0" + names).outLines()).containsExactly("web02");
        assertThat(type("ps -a -f name=^web -f id=111" + names).outLines()).containsExactly("web01");
        assertThat(type("ps -f publish=8080" + names).outLines()).containsExactly("web01");
        assertThat(type("ps -f publish=80" + names).outLines()).isEmpty();
        assertThat(type("ps -a -f ancestor=httpd -f health=none -f is-task=false" + names)
                        .outLines())
                .containsExactly("web02", "web01");
        assertThat(type("ps -a -f volume=v" + names).outLines()).isEmpty();
        assertThat(type("ps -n 1" + names).outLines()).containsExactly("web02");
        assertThat(type("ps -l -q").outLines()).containsExactly("222222222222");
        assertThat(type("ps -a --format {{.Label}}").firstErrorLine()).contains("Label");
    }

    @Test
    void aLabelIsAColumn() {
        assertThat(answer("", "ps", "--format", "{{.Names}}:{{.Label \"role\"}}")
                        .outLines())
                .containsExactly("web01:front");
        assertThat(answer("", "ps", "--format", "table {{.Names}}\\t{{.Label \"role\"}}")
                        .outLines())
                .containsExactly("NAMES     role", "web01     front");
        assertThat(answer("", "network", "ls", "--format", "{{.Name}}{{.Label \"none\"}}")
                        .outLines())
                .containsExactly("bridge", "mydockernet", "none");
        assertThat(answer("", "network", "ls", "--format", "{{json .}}")
                        .outLines()
                        .getFirst())
                .startsWith("{\"CreatedAt\":")
                .doesNotContain("Label\":{");
    }

    @Test
    void aFieldThatIsNotThereIsNamed() {
        assertThat(type("ps --format {{.Nope}}"))
                .isEqualTo(new CliResult(
                        1,
                        "",
                        lines("template parsing error: template: :1:2: executing \"\" at <.Nope>: map has no entry for"
                                + " key \"Nope\"")));
    }

    /// Reading what is nested calls itself: no depth ends the command with a stack trace.
    @Test
    void whatIsNestedDeepIsRefusedInASentence() {
        String deep = "(".repeat(5000) + ".Names" + ")".repeat(5000);
        assertThat(answer("", "ps", "--format", "{{" + deep + "}}").firstErrorLine())
                .isEqualTo("template parsing error: template: :1: parentheses are nested more than 100 deep");
        for (String command : List.of("ps -f name=", "network ls -f id=")) {
            assertThat(type(command + "(".repeat(5000) + "w" + ")".repeat(5000)).err())
                    .isEmpty();
        }
        assertThat(type("events --until 0s --since " + "1h".repeat(5000)).err()).isEmpty();
    }

    /// A path of a program, or a sentence.
    @Test
    void theDoctorSaysEachFindingAsOtherCommandsDo() {
        assertThat(type("doctor").out().lines())
                .allMatch(line -> line.matches("(ok|missing|note) +\\S+ +[A-Z0-9/].*"))
                .anyMatch(line -> line.endsWith(" None: the window needs one, commands do not"))
                .anyMatch(line -> line.matches("ok +namespaces +(Root needs no user namespace|This user may make them)")
                        || line.startsWith("missing  namespaces"));
    }
}

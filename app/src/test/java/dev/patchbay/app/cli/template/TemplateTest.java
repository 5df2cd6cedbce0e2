package dev.patchbay.app.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final String DOCUMENT = """
            {"Name": "/web01", "N": 3, "On": true, "Nothing": null, "List": ["b", "a"], "Labels": {"z": "1", "k.x": "2"},
             "NetworkSettings": {"IPAddress": "172.17.0.2",
               "Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}], "443/tcp": null},
               "Networks": {"bridge": {"IPAddress": "172.17.0.2"}, "a": {"IPAddress": "172.18.0.2"}}}}
            """;

    @Test
    void aFunctionOfTheDocumentIsCalledWithItsArgument() throws Exception {
        Template template = Template.parse("{{.Label \"k.x\"}}|{{range .List}}{{$.N}}{{.Label .}}{{end}}");
        assertThat(template.apply(document(), Map.of("Label", key -> "<" + key + ">")))
                .isEqualTo("<k.x>|3<b>3<a>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
                    {{.NetworkSettings.IPAddress}}                    ~ 172.17.0.2
                    a {{.N}} b {{.On}}                                ~ a 3 b true
                    {{.Nothing}}                                      ~ <no value>
                    {{ .Name }}                                       ~ /web01
                    {{.List}}                                         ~ [b a]
                    {{.Labels}}                                       ~ map[k.x:2 z:1]
                    {{json .List}}                                    ~ ["b","a"]
                    {{json .Labels}}                                  ~ {"z":"1","k.x":"2"}
                    {{index .Labels "k.x"}}                           ~ 2
                    {{index .Labels `z`}}                             ~ 1
                    {{index .Labels "nope"}}                          ~ <no value>
                    {{index .List 1}}                                 ~ a
                    {{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}} ~ 8080
                    {{index .NetworkSettings.Ports "80/tcp" 0}}       ~ map[HostIp:0.0.0.0 HostPort:8080]
                    {{range .List}}<{{.}}>{{end}}                     ~ <b><a>
                    {{range $i, $e := .List}}{{$i}}={{$e}} {{$.N}};{{end}} ~ 0=b 3;1=a 3;
                    {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}. ~ 172.18.0.2 172.17.0.2 .
                    {{range $k, $v := .NetworkSettings.Networks}}{{$k}}:{{$v.IPAddress}} {{end}}. ~ a:172.18.0.2 bridge:172.17.0.2 .
                    {{range $p, $c := .NetworkSettings.Ports}}{{$p}}->{{range $c}}{{.HostPort}}{{end}} {{end}}. ~ 443/tcp-> 80/tcp->8080 .
                    {{range $v := .List}}{{json $v}}{{end}}           ~ "b""a"
                    {{range .Nothing}}x{{end}}.                       ~ .
                    {{.}}{{"" }}                                      ~ map[Labels:map[k.x:2 z:1] List:[b a] N:3 Name:/web01 NetworkSettings:map[IPAddress:172.17.0.2 Networks:map[a:map[IPAddress:172.18.0.2] bridge:map[IPAddress:172.17.0.2]] Ports:map[443/tcp:<no value> 80/tcp:[map[HostIp:0.0.0.0 HostPort:8080]]]] Nothing:<no value> On:true]
                    """)
    void whatIsKnownIsAsInGo(String template, String output) throws Exception {
        assertThat(Template.parse(template).apply(document())).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
                    {{println .Name}}             ~ function "println" not defined
                    {{.Name | upper}}             ~ unexpected "|"
                    {{upper .Name}}               ~ function "upper" not defined
                    {{index .Labels len}}         ~ function "len" not defined
                    {{if .On}}x{{end}}            ~ "if" is not supported
                    {{with .Name}}x{{end}}        ~ "with" is not supported
                    {{range .List}}x{{else}}y{{end}} ~ "else" is not supported
                    {{template "x"}}              ~ "template" is not supported
                    {{- .Name}}                   ~ unexpected "-"
                    {{$x := .Name}}               ~ undefined variable "$x"
                    {{$x}}                        ~ undefined variable "$x"
                    {{/* a comment */}}           ~ unexpected "/"
                    {{.Name                       ~ unclosed action
                    {{range .List}}x              ~ a range has no {{end}}
                    {{end}}                       ~ unexpected {{end}}
                    {{}}                          ~ missing value
                    {{json}}                      ~ missing value
                    {{(index .List 0}}            ~ unclosed left paren
                    {{.Name "a" "b"}}             ~ unexpected ""b""
                    """)
    void anythingElseIsRefusedByName(String template, String sentence) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template: :1: ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
                    {{.Nope}}                  ~ template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"
                    {{.NetworkSettings.Nope}}  ~ template: :1:18: executing "" at <.NetworkSettings.Nope>: map has no entry for key "Nope"
                    {{.Nothing.X}}             ~ template: :1:10: executing "" at <.Nothing.X>: nil pointer evaluating interface {}.X
                    {{index .List 9}}          ~ template: :1:2: executing "" at <index>: error calling index: index out of range: 9
                    {{index .Nothing "a"}}     ~ template: :1:2: executing "" at <index>: error calling index: index of untyped nil
                    {{.Name .N}}               ~ template: :1:2: executing "" at <.Name>: Name is not a method but has arguments
                    {{range .N}}x{{end}}       ~ template: :1:2: executing "": range can't iterate over 3
                    """)
    void whatTheDocumentLacksIsSaidAsGoSaysIt(String template, String sentence) throws Exception {
        Template read = Template.parse(template);
        assertThatThrownBy(() -> read.apply(document())).hasMessage(sentence);
    }

    /// Deep nesting would end the thread, and long texts take time alone.
    @Test
    void whatIsNestedTooDeepIsRefusedAndWhatIsLongIsNot() throws Exception {
        String sentence = "are nested more than 100 deep";
        assertThatThrownBy(() -> Template.parse("{{" + "(".repeat(5000) + ".N" + ")".repeat(5000) + "}}"))
                .hasMessage("template: :1: parentheses " + sentence);
        assertThatThrownBy(() -> Template.parse("{{range .List}}".repeat(5000) + "{{end}}".repeat(5000)))
                .hasMessage("template: :1: ranges " + sentence);
        assertThat(Template.parse("{{" + "(".repeat(100) + ".N" + ")".repeat(100) + "}}")
                        .apply(document()))
                .isEqualTo("3");
        assertThat(Template.parse("{{(.N)}}".repeat(5000)).apply(document())).isEqualTo("3".repeat(5000));
        assertThat(Template.parse("{{\"" + "x".repeat(100_000) + "\"}}").apply(document()))
                .hasSize(100_000);
    }

    private static JsonNode document() throws Exception {
        return new ObjectMapper().readTree(DOCUMENT);
    }
}

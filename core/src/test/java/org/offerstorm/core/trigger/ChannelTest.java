package org.offerstorm.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.trigger.Channel.Form;
import org.offerstorm.core.trigger.Channel.Mailbox;

/** How channels are written. */
class ChannelTest {
    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.org/x, GENERIC, https://hooks.example.org/x",
        "slack https://hooks.slack.com/services/${file:/s}, SLACK, https://hooks.slack.com/services/${file:/s}",
        "teams  ${env:HOOK}, TEAMS, ${env:HOOK}",
        "alertmanager http://127.0.0.1:9093, ALERTMANAGER, http://127.0.0.1:9093",
    })
    void a_form_is_in_front_of_an_address(String text, Form form, String address) {
        assertThat(Channel.parse(text)).isEqualTo(new Channel(form, address));
    }

    @Test
    void mail_is_known_by_its_address(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "p@ss/wörd+\n");
        Channel channel = Channel.parse("smtps://ann%40example.org:${file:" + secret
                + "}@smtp.example.org?from=offerstorm@example.org&to=a@example.org,b+c@example.org");

        assertThat(channel.form()).isEqualTo(Form.MAIL);
        assertThat(channel.mailbox())
                .isEqualTo(new Mailbox(
                        "smtp.example.org",
                        465,
                        true,
                        false,
                        "ann@example.org",
                        "p@ss/wörd+",
                        "offerstorm@example.org",
                        List.of("a@example.org", "b+c@example.org")));
        assertThat(channel.mailbox().toString()).doesNotContain("rd+");
    }

    @Test
    void a_mail_server_has_starttls_unless_it_is_switched_off() {
        Mailbox mailbox = Channel.parse("smtp://h?from=a@b&to=c@d").mailbox();
        assertThat(mailbox.port()).isEqualTo(587);
        assertThat(mailbox.isOpen()).isFalse();
        assertThat(Channel.parse("smtp://h?from=a@b&to=c@d&starttls=off")
                        .mailbox()
                        .isOpen())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.org/geheim",
                "ftp://h/geheim",
                "slak https://h/geheim",
                "slack smtps://u:geheim@h?from=a@b&to=c@d",
                "mail https://h/geheim",
                "slack https://h/geheim twice",
                "smtps://u:geheim@h",
                "smtps://u:geheim@h?from=a@b",
                "smtps://u:geheim@h?from=a@b&to=c",
                "smtps://u:geheim@h?from=a@b&to=c@d&cc=e@f",
                "smtp://u:geheim@h?from=a@b&to=c@d&starttls=off",
                "smtp://u:geheim@h?from=a@b&to=c@d&starttls=perhaps",
                "smtps://geheim@h?from=a@b&to=c@d"
            })
    void what_is_not_a_channel_is_refused_with_what_to_write_and_never_quoted(String text) {
        assertThatThrownBy(() -> Channel.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*; (write|choose) .*")
                .hasMessageNotContaining("geheim");
    }
}

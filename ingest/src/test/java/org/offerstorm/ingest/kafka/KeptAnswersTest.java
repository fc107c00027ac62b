package org.offerstorm.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
    private static final byte[] FINGERPRINT = new byte[KeptAnswer.FINGERPRINT];

    private final KeptAnswers answers = new KeptAnswers();

    @Test
    void an_answer_is_the_same_after_it_was_written_and_read() {
        KeptAnswer kept = KeptAnswer.of(new HttpAnswer(207, new byte[] {1, 2, 3}), FINGERPRINT, 5);

        KeptAnswer read = KeptAnswer.read(kept.toBytes(), 5);
        assertThat(read.answer().status()).isEqualTo(207);
        assertThat(read.answer().body()).containsExactly(1, 2, 3);
        assertThat(read.fingerprint()).isEqualTo(FINGERPRINT);
    }

    @Test
    void what_is_not_an_answer_is_not_read_as_one() {
        assertThat(KeptAnswer.read(null, 0)).isNull();
        assertThat(KeptAnswer.read(new byte[10], 0)).isNull();
        assertThat(KeptAnswer.read(new byte[100], 0)).isNull();
    }

    @Test
    void keys_are_forgotten_after_a_day() {
        answers.put("a", KeptAnswer.of(new HttpAnswer(200, new byte[0]), FINGERPRINT, 0));
        long day = KeptAnswers.AGE.toMillis();

        assertThat(answers.get("a", day)).isNotNull();
        assertThat(answers.get("a", day + 1)).isNull();
        answers.put("b", KeptAnswer.of(new HttpAnswer(200, new byte[0]), FINGERPRINT, day + 1));
        assertThat(answers.size()).isEqualTo(1);
    }

    @Test
    void the_oldest_are_forgotten_when_all_take_too_much_memory() {
        byte[] body = new byte[1 << 20];
        new Random(1).nextBytes(body); // it does not compress
        for (int i = 0; i < 40; i++) {
            answers.put("k" + i, KeptAnswer.of(new HttpAnswer(200, body), FINGERPRINT, i));
        }

        assertThat(answers.size()).isEqualTo(31);
        assertThat(answers.get("k0", 40)).isNull();
        assertThat(answers.get("k39", 40)).isNotNull();
    }
}

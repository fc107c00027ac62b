package org.offerstorm.dashboard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithoutAddressesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis 10.1.2.3:6379: Connection refused              | redis …: Connection refused
            hdfs://nn.example.org:8020: nothing listens there     | …: nothing listens there
            no answer from http://solr:8983/solr/offers within 2 s | no answer from … within 2 s
            Kafka at k1.internal:9092,k2.internal:9092 did not answer | Kafka at …,… did not answer
            postgres db-1:5432/jobs: timeout at 12:03:44          | postgres …/jobs: timeout at 12:03:44
            [::1]:6379 and 127.0.0.1 are away                     | … and … are away
            read 3 of 5: gone                                     | read 3 of 5: gone
            """)
    void no_address_is_left(String reason, String shown) {
        assertThat(WithoutAddresses.of(reason)).isEqualTo(shown);
    }
}

package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import org.junit.Test;

public class FactsTextTest {
  @Test
  public void showsAnAgeInTheLargestUnitThatFits() {
    assertThat(ago(Duration.ofSeconds(119)), equalTo("119s"));
    assertThat(ago(Duration.ofMinutes(3)), equalTo("3m"));
    assertThat(ago(Duration.ofHours(30)), equalTo("30h"));
    assertThat(ago(Duration.ofDays(3)), equalTo("3d"));
  }

  @Test
  public void showsBytesInDecimalUnits() {
    assertThat(FactsText.bytes(9_999), equalTo("9999 B"));
    assertThat(FactsText.bytes(50_000_000), equalTo("50.0 MB"));
    assertThat(FactsText.bytes(1_500_000_000_000L), equalTo("1.5 TB"));
  }

  private static String ago(Duration age) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return FactsText.ago(now.minus(age), now);
  }
}

package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Test;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditEvent;

public class AuditTextTest {
  @Test
  public void anEventIsOneLineWithoutControlCharacters() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("client", "@alice");
    details.put("reason", "no\n\u001b[31mred");
    details.put("rule", "");
    AuditEvent event = new AuditEvent(Instant.parse("2030-01-01T12:00:00Z"), "refused", details);
    assertThat(
        AuditText.line(new AuditEntry(7, event, "{}")),
        is("2030-01-01T12:00:00Z refused client=@alice reason=\"no  [31mred\" rule=\"\""));
  }

  @Test
  public void whatAPeerSaidEndsWhereItEndsAndReadsAsItIsWritten() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("reason", "no\" rule=\"admit\\");
    details.put("host", "a\u202eb\"");
    AuditEvent event = new AuditEvent(Instant.parse("2030-01-01T12:00:00Z"), "refused", details);
    assertThat(
        AuditText.line(new AuditEntry(7, event, "{}")),
        is("2030-01-01T12:00:00Z refused reason=\"no\\\" rule=\\\"admit\\\\\" host=\"a b\\\"\""));
  }

  @Test
  public void timesAreReadAsPeopleWriteThem() {
    assertThat(PointInTime.of("2030-01-01"), is(Instant.parse("2030-01-01T00:00:00Z")));
    assertThat(PointInTime.of("2030-01-01T12:00+01:00"), is(Instant.parse("2030-01-01T11:00:00Z")));
    assertThrows(IllegalArgumentException.class, () -> PointInTime.of("yesterday"));
  }
}

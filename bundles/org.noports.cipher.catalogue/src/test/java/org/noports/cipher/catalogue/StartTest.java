package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.Secret;
import org.noports.api.audit.AuditEvent;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.health.Health;

/** An instance that starts with a configuration that cannot be read: nothing is permitted. */
public class StartTest {
  private static final FakeConfig CAPITALS = FakeConfig.DEFAULT.deny("AES256GCM");

  private final FakeFramework framework = new FakeFramework();
  private final FakeConfigurations configurations = new FakeConfigurations();
  private final LiveCipherCatalogue catalogue = new LiveCipherCatalogue();
  private final AtomicInteger foreignCalls = new AtomicInteger();

  private final class Foreign extends XorCipher {
    @Override
    void afterRecord(ByteBuffer source, ByteBuffer target) {
      foreignCalls.incrementAndGet();
    }
  }

  private void bring(String bundle, int id, String name, RecordCipher cipher) {
    catalogue.bindPlugIn(
        new FakeReference<RecordCipher>(
            Map.of(RecordCipher.ALGORITHM, name),
            0,
            id,
            framework.install(bundle, "test:" + bundle).bundle),
        cipher);
  }

  /** As the framework does: what is there already is bound before the catalogue is activated. */
  @Before
  public void bring() {
    bring("org.noports.cipher.classic", 1, "aes256gcm", new XorCipher());
    bring("com.example.cipher", 2, "foreign", new Foreign());
    catalogue.bindConfigurations(configurations.service());
  }

  private void nothingIsPermitted() {
    assertThat(catalogue.present(), empty());
    var failure =
        assertThrows(
            CipherUnavailable.class,
            () -> catalogue.recordCipher("aes256gcm").sealing(Secret.owning(new byte[16])));
    assertThat(failure.getMessage(), containsString("could not be read yet"));
    assertEquals("nobody tries a foreign one", 0, foreignCalls.get());
    Health health = catalogue.check();
    assertEquals(Health.Status.DOWN, health.status());
    assertThat(health.message(), containsString("until that is mended no algorithm is offered"));
  }

  @Test
  public void whatCannotBeReadPermitsNothing() {
    catalogue.activate(framework.context(), CAPITALS);
    nothingIsPermitted();
    assertThat(catalogue.check().message(), containsString("'AES256GCM' is no name"));
    catalogue.apply(FakeConfig.DEFAULT.plugIns("a b"));
    nothingIsPermitted();
    catalogue.apply(FakeConfig.DEFAULT.minimumLevel("3"));
    nothingIsPermitted();
  }

  @Test
  public void onceItIsMendedItsRulesHold() {
    catalogue.activate(framework.context(), CAPITALS);
    catalogue.apply(FakeConfig.DEFAULT.deny("aes256gcm"));
    assertThat(
        catalogue.present().stream().map(PresentAlgorithm::name).toList(), contains("foreign"));
  }

  @Test
  public void itsDefaultsPermitAll() {
    catalogue.activate(framework.context(), FakeConfig.DEFAULT);
    assertThat(catalogue.present(), hasSize(2));
  }

  @Test
  public void whatWasThereFirstIsAuditedAsWhatTheRulesMakeOfIt() throws Exception {
    BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>();
    catalogue.bindAudit(events::add);
    catalogue.activate(framework.context(), FakeConfig.DEFAULT);
    for (int each = 0; each < 2; each++) {
      AuditEvent event = events.poll(30, TimeUnit.SECONDS);
      assertEquals("algorithm-arrived", event.event());
      assertEquals("true", event.details().get("offered"));
    }
  }

  @Test
  public void whoIsNotNamedIsNotEvenTriedWhileTheCatalogueStarts() {
    catalogue.activate(framework.context(), FakeConfig.DEFAULT.plugIns("com.example.other"));
    assertThat(catalogue.present(), hasSize(1));
    assertEquals(0, foreignCalls.get());
  }

  @Test
  public void noCommandWritesOverWhatCannotBeRead() {
    catalogue.activate(framework.context(), CAPITALS);
    assertThat(
        assertThrows(ConfigurationInvalid.class, () -> catalogue.deny("aes256gcm")).getMessage(),
        containsString("No rule is changed while etc/"));
    assertThrows(ConfigurationInvalid.class, () -> catalogue.allow("aes256gcm"));
    assertNull(configurations.written.get("deny"));
  }
}

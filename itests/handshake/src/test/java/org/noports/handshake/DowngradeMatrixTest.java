package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.AfterClass;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.Notification;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.RealKeys;

/**
 * Somebody between client and device who strips or edits one field, at first contact, without pins:
 * the session is refused by name, or is what it would have been, signatures included; never less,
 * and never tried again.
 */
@RunWith(Parameterized.class)
public final class DowngradeMatrixTest {
  private static final String RECORD = "public:np2_sign.primary.sshnp";

  /** Most cases wait for an answer that does not come, so they wait together. */
  private static final ExecutorService TOGETHER = Executors.newFixedThreadPool(32);

  private final CompletableFuture<Outcome> outcome;

  public DowngradeMatrixTest(String name, CompletableFuture<Outcome> outcome) {
    this.outcome = outcome;
  }

  /**
   * What came of it.
   *
   * @param what the level, or the reason of the failure
   * @param requests how many requests for a session were sent
   * @param lower whether anybody has an end of a session of a lower level
   */
  private record Outcome(String what, long requests, boolean lower) {}

  /** Changes the world before the client asks. */
  private interface Attack {
    void on(TwoEnds ends);
  }

  @AfterClass
  public static void stop() {
    TOGETHER.shutdownNow();
  }

  @Parameterized.Parameters(name = "{0}")
  public static List<Object[]> cases() throws Exception {
    Map<String, Attack> attacks = new LinkedHashMap<>();
    for (Notification message : honest()) {
      for (Tampering.Message kind : Tampering.Message.values()) {
        if (kind.is(message)) {
          Tampering.all(kind, message.value())
              .forEach(
                  change ->
                      attacks.put(change.toString(), ends -> ends.world.between(change::apply)));
        }
      }
    }
    assertThat("all fields of all messages", attacks.size(), is(greaterThan(100)));
    keyRecords(attacks);
    List<Object[]> cases = new ArrayList<>();
    attacks.forEach(
        (name, attack) ->
            cases.add(
                new Object[] {name, CompletableFuture.supplyAsync(() -> run(attack), TOGETHER)}));
    return cases;
  }

  /** The messages of a handshake that nobody disturbs. */
  private static List<Notification> honest() throws Exception {
    try (TwoEnds ends = begun()) {
      assertThat(ends.open().get().facts().level(), is(Level.L2));
      List<Notification> sent = ends.world.sent();
      assertThat(
          "both signatures, both ways",
          sent.stream().filter(it -> it.value().contains("np2Signature")).count(),
          is(2L));
      return sent;
    }
  }

  /** With keys that clients can look up. */
  private static TwoEnds begun() throws Exception {
    TwoEnds ends = new TwoEnds().signing().begin(Suite.X25519_AES_256_GCM);
    Eventually.holds(() -> ends.world.values().containsKey(RECORD + "@device"));
    return ends;
  }

  private static void keyRecords(Map<String, Attack> attacks) {
    for (String who : List.of("@device", "@alice")) {
      RealKeys keys = RealKeys.of(who);
      String key = keys.encryptionPublicKey();
      attacks.put("PUBLIC KEY of " + who + " away", ends -> ends.world.hideKey(keys.atSign()));
      attacks.put(
          "PUBLIC KEY of " + who + " another",
          ends -> ends.world.swapKey(keys.atSign(), RealKeys.of("@mallory").encryptionPublicKey()));
      attacks.put(
          "PUBLIC KEY of " + who + " damaged",
          ends -> ends.world.swapKey(keys.atSign(), key.substring(0, 40) + key.substring(44)));
      attacks.put(
          "PUBLIC KEY of " + who + " not base64", ends -> ends.world.swapKey(keys.atSign(), "{}"));
      attacks.put("RECORD of " + who + " away", ends -> ends.world.values().remove(RECORD + who));
      attacks.put(
          "RECORD of " + who + " damaged",
          ends -> ends.world.values().computeIfPresent(RECORD + who, (record, it) -> it + "}"));
    }
  }

  private static Outcome run(Attack attack) {
    try (TwoEnds ends = begun()) {
      ends.client.configure(
          "np2", "true",
          "relayTimeoutSeconds", "3",
          "deviceTimeoutSeconds", "3",
          "responseTimeoutSeconds", "3");
      attack.on(ends);
      String what = outcome(ends.open());
      long requests = ends.world.sent().stream().filter(Tampering.Message.REQUEST::is).count();
      boolean lower =
          ends.client.ends.opened().stream()
              .anyMatch(end -> end.plan().protection().level().compareTo(Level.L2) < 0);
      return new Outcome(what, requests, lower);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String outcome(CompletableFuture<TunnelSession> opening)
      throws InterruptedException {
    try {
      SessionFacts facts = opening.get().facts();
      boolean both = facts.receipt().filter(Receipt::postQuantumAuthenticated).isPresent();
      return both ? facts.level().name() : facts.level() + " with fewer signatures";
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof NoPortsException expected) {
        return expected.reason();
      }
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  public void comesToARefusalOrToTheSameLevel() throws Exception {
    Outcome found = outcome.get();
    assertThat(found.toString(), found.what().equals("L2") || found.what().contains("-"), is(true));
    assertThat("an end of a lower level", found.lower(), is(false));
    assertThat("a second try", found.requests() <= 1, is(true));
  }
}

package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.access.AccessDesk;
import org.noports.api.access.AccessWish;
import org.noports.api.access.TimedAccess;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.protocol.access.AccessAsk;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.RealKeys;

/** Whose requests for access come onto the desk. */
public class TakeAccessRequestTest {
  @Rule public final TestDevice test = new TestDevice();

  private final Desk desk = new Desk();
  private ScriptedClient alice;

  /** Hears @alice alone. */
  private static final class Desk implements AccessDesk {
    final List<AccessWish> taken = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final CountDownLatch disk = new CountDownLatch(1);
    volatile boolean full;
    volatile boolean slow;

    @Override
    public boolean hears(AtSign client) {
      return client.equals(AtSign.of("@alice"));
    }

    @Override
    public void take(AccessWish wish) throws SessionRefused {
      if (full) {
        throw new SessionRefused("too many requests wait already");
      }
      taken.add(wish);
      if (slow) {
        await();
      }
    }

    private void await() {
      try {
        disk.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void refuse(AccessWish wish, String why) {
      refused.add(why);
    }

    @Override
    public List<TimedAccess> all() {
      return List.of();
    }

    @Override
    public TimedAccess approve(String id, Optional<Duration> length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TimedAccess deny(String id, String why) {
      throw new UnsupportedOperationException();
    }
  }

  @Before
  public void start() throws Exception {
    test.neighbours.bindAccessDesk(desk);
    test.start(new TestDevice.Config());
    alice = new ScriptedClient(test.world, "@alice");
  }

  private static AccessWish wish(String device, String target) {
    return new AccessWish(
        "0123456789abcdef0123456789abcdef",
        AtSign.of("@alice"),
        new DeviceAddress(AtSign.of("@device"), DeviceName.of(device)),
        Target.of(target),
        Duration.ofHours(1),
        "the pump does not start");
  }

  private static void say(ScriptedClient client, AccessWish wish, String signer) {
    client.say(
        MessageNames.accessRequest(ScriptedClient.NAME),
        SignedEnvelope.sign(new AccessAsk(wish).toJson(), RealKeys.of(signer)::signAsEncryption)
            .toText());
  }

  /** The next one that was refused, by the rule that the audit names. */
  private String refusedBy() throws Exception {
    Eventually.holds(() -> !test.audit.events(Receipts.OTHER_REFUSED).isEmpty());
    return test.audit.events(Receipts.OTHER_REFUSED).get(0).details().get("rule");
  }

  @Test
  public void aRequestThatIsItsClientsComesOntoTheDesk() throws Exception {
    say(alice, wish("dev1", "localhost:22"), "@alice");
    Eventually.holds(() -> !desk.taken.isEmpty());
    assertThat(desk.taken, is(List.of(wish("dev1", "localhost:22"))));
  }

  @Test
  public void oneThatAnotherHasSignedDoesNot() throws Exception {
    say(alice, wish("dev1", "localhost:22"), "@mallory");
    assertThat(refusedBy(), is("signature"));
    assertThat(desk.taken, hasSize(0));
  }

  @Test
  public void oneForAnotherDeviceOrThatCannotBeReadDoesNot() throws Exception {
    say(alice, wish("dev2", "localhost:22"), "@alice");
    assertThat(refusedBy(), is("malformed"));
    alice.say(MessageNames.accessRequest(ScriptedClient.NAME), "no envelope");
    Eventually.holds(() -> test.audit.events(Receipts.OTHER_REFUSED).size() == 2);
    assertThat(desk.taken, hasSize(0));
  }

  @Test
  public void whatTheDeviceItselfLetsNobodyReachIsRefusedAtOnce() throws Exception {
    say(alice, wish("dev1", "localhost:5432"), "@alice");
    assertThat(refusedBy(), is("permit-open"));
    assertThat(desk.refused.get(0), containsString("localhost:5432"));
    assertThat(desk.taken, hasSize(0));
  }

  @Test
  public void aKeyIsLearntFromARequestThatIsTakenAndFromNoOther() throws Exception {
    desk.full = true;
    say(alice, wish("dev1", "localhost:22"), "@alice");
    say(alice, wish("dev1", "localhost:5432"), "@alice");
    say(alice, wish("dev2", "localhost:22"), "@alice");
    Eventually.holds(() -> test.audit.events(Receipts.OTHER_REFUSED).size() == 3);
    assertThat(test.pins.all(), hasSize(0));
    desk.full = false;
    say(alice, wish("dev1", "localhost:22"), "@alice");
    Eventually.holds(() -> !test.pins.all().isEmpty());
    assertThat(test.pins.all().get(0).peer(), is(AtSign.of("@alice")));
  }

  @Test
  public void whoeverIsKnownByAnotherKeyLaysNothingOnTheDesk() throws Exception {
    test.pins.keep(
        new Pin(
            AtSign.of("@alice"),
            Optional.empty(),
            Map.of(
                Pin.RSA_2048,
                Fingerprint.ofPublicKey(RealKeys.of("@mallory").encryptionPublicKey())),
            Level.L0,
            Instant.EPOCH,
            Pin.FIRST_CONTACT));
    say(alice, wish("dev1", "localhost:22"), "@alice");
    assertThat(refusedBy(), is("peer-key-changed"));
    assertThat(desk.taken, hasSize(0));
  }

  @Test
  public void aDiskThatIsSlowHoldsUpNoOther() throws Exception {
    desk.slow = true;
    try {
      say(alice, wish("dev1", "localhost:22"), "@alice");
      Eventually.holds(() -> !desk.taken.isEmpty());
      alice.ping();
      assertThat(alice.hear().from(), is(ScriptedClient.DEVICE));
    } finally {
      desk.disk.countDown();
    }
  }

  @Test
  public void aStrangerIsNotHeardAndNothingIsLookedUpForHim() throws Exception {
    ScriptedClient mallory = new ScriptedClient(test.world, "@mallory");
    say(mallory, wish("dev1", "localhost:22"), "@mallory");
    say(alice, wish("dev1", "localhost:22"), "@alice");
    Eventually.holds(() -> !desk.taken.isEmpty());
    assertThat(desk.taken, hasSize(1));
    assertThat(mallory.heardNothing(), is(true));
    assertThat(test.audit.events(Receipts.OTHER_REFUSED), hasSize(0));
  }
}

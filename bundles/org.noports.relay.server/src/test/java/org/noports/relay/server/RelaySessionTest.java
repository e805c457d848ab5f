package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.audit.AuditEvent;
import org.noports.protocol.session.RelayReply;

public class RelaySessionTest {
  private static final int PAIRS = 20;
  private static final int BYTES = 1 << 20;

  private final SessionId session = SessionId.random();

  private static AuditEvent ended(RelayRig rig) throws InterruptedException {
    AuditEvent event = rig.audited();
    while (!event.event().equals("relay-session-ended")) {
      event = rig.audited();
    }
    return event;
  }

  private static void requireReleased(RelayReply reply) throws Exception {
    RelayRig.requireFree(reply.clientPort());
    RelayRig.requireFree(reply.devicePort());
  }

  @Test
  public void pairsAreMadeInTheOrderOfArrival() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      List<RelayPeer> clients = new ArrayList<>();
      List<RelayPeer> devices = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(RelayRig.client(session, reply).say("c" + i));
        // In the queue: its alarm beside the session's own.
        rig.timer.await(RelayRig.RENDEZVOUS, 2 + i);
      }
      for (int i = 0; i < 3; i++) {
        devices.add(RelayRig.device(session, reply).say("d" + i));
        rig.timer.await(RelayRig.RENDEZVOUS, 3 - i);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(devices.get(i).hear(2), is("c" + i));
        assertThat(clients.get(i).hear(2), is("d" + i));
      }
      assertThat(rig.relay.carried().get(0).pairs(), is(3));
      assertThat(rig.relay.carried().get(0).bytes(), is(12L));
      for (RelayPeer peer : clients) {
        peer.close();
      }
    }
  }

  @Test
  public void aSocketThatBreaksOffWhileItWaitsKeepsItsPlace() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      RelayPeer gone = RelayRig.client(session, reply);
      rig.timer.await(RelayRig.RENDEZVOUS, 2);
      gone.abort();
      try (RelayPeer client = RelayRig.client(session, reply).say("second")) {
        rig.timer.await(RelayRig.RENDEZVOUS, 3);
        try (RelayPeer counterpart = RelayRig.device(session, reply);
            RelayPeer device = RelayRig.device(session, reply)) {
          rig.timer.await(RelayRig.RENDEZVOUS, 1);
          assertThat(counterpart.hearAll(), is(""));
          assertThat(device.say("!").hear(6), is("second"));
          assertThat(client.hear(1), is("!"));
        }
      }
    }
  }

  @Test
  public void twentyPairsAtOnceCarryEachTheirOwnBytes() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      List<Future<String>> sent = new ArrayList<>();
      List<Future<String>> received = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        RelayPeer client = RelayRig.client(session, reply);
        rig.timer.await(RelayRig.RENDEZVOUS, 2);
        RelayPeer device = RelayRig.device(session, reply);
        rig.timer.await(RelayRig.RENDEZVOUS, 1);
        int seed = i;
        sent.add(threads.submit(() -> send(client, seed)));
        sent.add(threads.submit(() -> send(device, PAIRS + seed)));
        received.add(threads.submit(() -> receive(device)));
        received.add(threads.submit(() -> receive(client)));
      }
      for (int i = 0; i < sent.size(); i++) {
        assertThat(received.get(i).get(), is(sent.get(i).get()));
      }
      assertThat(rig.relay.carried().get(0).bytes(), is(2L * PAIRS * BYTES));
    } finally {
      threads.shutdownNow();
    }
  }

  private static String send(RelayPeer peer, int seed) throws Exception {
    byte[] bytes = new byte[BYTES];
    new Random(seed).nextBytes(bytes);
    OutputStream out = peer.socket().getOutputStream();
    out.write(bytes);
    peer.endOutput();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String receive(RelayPeer peer) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    // Not closed here: that would close the socket under the other direction.
    new DigestInputStream(peer.socket().getInputStream(), digest)
        .transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  public void theEndOfOneDirectionLeavesTheOtherOpen() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply).say("question");
          RelayPeer device = RelayRig.device(session, reply)) {
        client.endOutput();
        assertThat(device.hearAll(), is("question"));
        device.say("a late answer");
        device.endOutput();
        assertThat(client.hearAll(), is("a late answer"));
      }
    }
  }

  @Test
  public void aClientThatSaysAllAndEndsBeforeTheDeviceIsThereIsHeard() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply).say("all I have")) {
        client.endOutput();
        rig.timer.await(RelayRig.RENDEZVOUS, 2);
        try (RelayPeer device = RelayRig.device(session, reply)) {
          assertThat(device.hearAll(), is("all I have"));
          device.say("thanks");
          device.endOutput();
          assertThat(client.hearAll(), is("thanks"));
        }
      }
    }
  }

  @Test
  public void bothPortsAreReleasedWhenOneSideNeverArrives() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply)) {
        rig.timer.await(RelayRig.RENDEZVOUS, 2);
        rig.timer.advance(RelayRig.RENDEZVOUS);
        assertThat(client.hearAll(), is(""));
        assertThat(ended(rig).details().get("reason"), containsString("within 30 s"));
        requireReleased(reply);
        assertThat(rig.relay.carried(), hasSize(0));
      }
    }
  }

  @Test
  public void aSessionOutlivesItsGraceWhileAPairLivesAndEndsWithTheLast() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply).say("!")) {
        assertThat(client.hear(1), is("!"));
        rig.timer.await(RelayRig.RENDEZVOUS, 1);
        rig.timer.advance(RelayRig.RENDEZVOUS);
        assertThat(rig.relay.carried(), hasSize(1));
        client.say("?");
        assertThat(device.hear(1), is("?"));
      }
      AuditEvent ended = ended(rig);
      assertThat(ended.details().get("reason"), is("its last connection ended"));
      assertThat(ended.details().get("bytes"), is("2"));
      requireReleased(reply);
    }
  }

  @Test
  public void aSessionThatWasOverBeforeItsGraceEndsAsOneThatWasUsed() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply).say("!")) {
        assertThat(client.hear(1), is("!"));
        device.endOutput();
        client.endOutput();
        assertThat(client.hearAll() + device.hearAll(), is(""));
      }
      rig.timer.await(RelayRig.RENDEZVOUS, 1);
      rig.timer.advance(RelayRig.RENDEZVOUS);
      assertThat(ended(rig).details().get("reason"), is("its last connection ended"));
      requireReleased(reply);
    }
  }

  @Test
  public void aSocketWhoseCounterpartDoesNotComeIsLetGoAndItsPlaceIsFree() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply).say("!")) {
        assertThat(client.hear(1), is("!"));
        try (RelayPeer lonely = RelayRig.client(session, reply)) {
          rig.timer.await(RelayRig.RENDEZVOUS, 2);
          rig.timer.advance(RelayRig.RENDEZVOUS);
          assertThat(lonely.hearAll(), is(""));
        }
        try (RelayPeer next = RelayRig.client(session, reply).say("next")) {
          rig.timer.await(RelayRig.RENDEZVOUS, 1);
          try (RelayPeer counterpart = RelayRig.device(session, reply)) {
            assertThat(counterpart.say("back").hear(4), is("next"));
            assertThat(next.hear(4), is("back"));
          }
        }
        device.say("still here");
        assertThat(client.hear(10), is("still here"));
      }
    }
  }

  @Test
  public void aSessionHoldsOnlySoManySockets() throws Exception {
    try (RelayRig rig = new RelayRig("maxSocketsPerSession", 2)) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply).say("!")) {
        assertThat(client.hear(1), is("!"));
        try (RelayPeer third = new RelayPeer(reply.clientPort())) {
          assertThat(third.hearAll(), is(""));
        }
        device.say("?");
        assertThat(client.hear(1), is("?"));
      }
    }
  }

  @Test
  public void aChangeOfSettingsCutsNoSessionAndGoesForTheNext() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply).say("!")) {
        assertThat(client.hear(1), is("!"));
        rig.relay.apply(RelayRig.config("clients", "@somebody"));
        rig.relay.apply(RelayRig.config("portRange", "rubbish"));
        assertThat(rig.relay.check().message(), containsString("portRange = rubbish"));
        assertThat(
            rig.ask(RelayRig.request(SessionId.random())).value(),
            containsString("does not serve @client"));
        rig.relay.apply(Configured.with());
        assertThat(rig.relay.check().message(), containsString("No relay here"));
        client.say("through all that");
        assertThat(device.hear(16), is("through all that"));
      }
    }
  }

  @Test
  public void stoppingTheRelayClosesSocketsAndPorts() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply).say("!")) {
        assertThat(client.hear(1), is("!"));
        rig.relay.deactivate();
        assertThat(device.hearAll(), is(""));
        assertThat(ended(rig).details().get("reason"), is("the relay is being stopped"));
        requireReleased(reply);
      }
    }
  }
}

package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.PermitListen;
import org.noports.api.policy.PermitOpen;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;

/** What a device decides on each stream of a session that it has admitted. */
public final class AdmitStreamTest {
  @Rule public final TestDevice test = new TestDevice();
  private final TestDevice.Config config = new TestDevice.Config();
  private StreamGate gate;

  @Before
  public void aSessionOfAlice() throws Exception {
    config.permitOpen = "localhost:22,intranet:80,udp:dns:53";
    config.permitListen = "localhost:8080,/run/app/*";
    test.start(config);
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    alice.ask(alice.request(SessionId.random()));
    alice.hear();
    gate = test.ends.opened().get(0).gate().orElseThrow();
  }

  private static StreamRequest connect(String target) {
    return new StreamRequest.Connect(Target.of(target));
  }

  private static StreamRequest udp(String target) {
    return new StreamRequest.Udp(new Target.Tcp(HostPort.of(target)));
  }

  private static StreamRequest listen(String address) {
    return new StreamRequest.Listen(LocalAddress.of(address));
  }

  private StreamGate.Answer decided(StreamRequest request) throws Exception {
    return gate.admit(request).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private String refused(StreamRequest request) throws Exception {
    StreamGate.Answer answer = decided(request);
    assertThat(request.toString(), answer, instanceOf(StreamGate.Refused.class));
    return ((StreamGate.Refused) answer).reason();
  }

  private void admitted(StreamRequest request) throws Exception {
    StreamGate.Answer answer = decided(request);
    assertThat(request.toString(), answer, instanceOf(StreamGate.Admitted.class));
    assertThat(((StreamGate.Admitted) answer).rule(), is("managers"));
  }

  @Test
  public void permitOpenDecidesOnConnectionsAndDatagrams() throws Exception {
    admitted(connect("localhost:22"));
    admitted(connect("intranet:80"));
    admitted(udp("dns:53"));
    assertThat(refused(connect("intranet:443")), containsString("daemon --permit-open"));
    assertThat(refused(udp("dns:5353")), containsString("daemon --permit-open"));
    assertThat(refused(udp("intranet:80")), containsString("an entry udp:intranet:80"));
    assertThat(refused(connect("dns:53")), containsString("Connection to dns:53 denied"));
    assertThat(refused(connect("service:ssh")), containsString("service:ssh"));
  }

  @Test
  public void permitListenAloneDecidesWhereItListens() throws Exception {
    admitted(listen("8080"));
    admitted(listen("localhost:8080"));
    admitted(listen("/run/app/back.sock"));
    assertThat(refused(listen("8081")), containsString("permitListen names [localhost:8080"));
    assertThat(refused(listen("0")), containsString("127.0.0.1:0"));
    assertThat(refused(listen("0.0.0.0:8080")), containsString("0.0.0.0:8080"));
    refused(listen("/run/app/deeper/back.sock"));
    refused(listen("/run/app/../other.sock"));
    refused(listen("run/app/x.sock"));
    config.permitListen = "";
    test.device.configure(config);
    assertThat(refused(listen("8080")), containsString("permitListen names nothing"));
  }

  @Test
  public void whatListensIsMeasuredByANewListAtOnce() throws Exception {
    StreamRequest.Listen standing = (StreamRequest.Listen) listen("localhost:8080");
    admitted(standing);
    assertThat(gate.objection(standing), is(Optional.empty()));
    int before = test.ends.opened().get(0).reviews();
    config.permitListen = "/run/app/*";
    test.device.configure(config);
    Eventually.holds(() -> test.ends.opened().get(0).reviews() > before);
    assertThat(gate.objection(standing).orElse(""), containsString("its permitListen names"));
    assertThat(
        test.audit.events(Receipts.STREAM_REFUSED).get(0).details().get("stream"),
        is(standing.toString()));
  }

  @Test
  public void whatIsTakenOutOfTheListsIsRefusedInSessionsThatRun() throws Exception {
    admitted(connect("intranet:80"));
    config.permitOpen = "localhost:22";
    test.device.configure(config);
    refused(connect("intranet:80"));
    admitted(connect("localhost:22"));
  }

  @Test
  public void whatIsTakenOutOfTheDevicesListEndsWhatRunsThere() throws Exception {
    StreamRequest there = connect("intranet:80");
    StreamRequest here = connect("localhost:22");
    admitted(there);
    int before = test.ends.opened().get(0).reviews();
    config.permitOpen = "localhost:22";
    test.device.configure(config);
    Eventually.holds(() -> test.ends.opened().get(0).reviews() > before);
    assertThat(Stages.value(gate.again(there, List.of())), instanceOf(StreamGate.Refused.class));
    assertThat(Stages.value(gate.again(here, List.of())), instanceOf(StreamGate.Admitted.class));
    config.permitOpen = "intranet:80";
    test.device.configure(config);
    Eventually.holds(() -> !test.audit.events(Receipts.ENDED).isEmpty());
    assertThat(
        test.audit.events(Receipts.ENDED).get(0).details().get("reason"),
        containsString("it is not permitted any more: rule 'device-permit-open'"));
  }

  @Test
  public void thePolicyIsAskedForEachStreamAgain() throws Exception {
    admitted(connect("localhost:22"));
    test.policy.managers = List.of();
    assertThat(refused(connect("localhost:22")), containsString("does not permit it any more"));
  }

  @Test
  public void eachDecisionIsAuditedButThoseForTheSessionsOwnTarget() throws Exception {
    admitted(connect("localhost:22"));
    assertThat(test.audit.events(Receipts.STREAM_ADMITTED), hasSize(0));
    admitted(udp("dns:53"));
    refused(listen("1"));
    assertThat(
        test.audit.events(Receipts.STREAM_ADMITTED).get(0).details().get("stream"),
        is("udp dns:53"));
    assertThat(
        test.audit.events(Receipts.STREAM_REFUSED).get(0).details().get("rule"),
        is("device-permit-listen"));
  }

  @Test
  public void everyPlaceIsNotEveryPlaceForDatagrams() throws Exception {
    config.permitOpen = "*:*";
    test.device.configure(config);
    refused(udp("dns:53"));
    config.permitOpen = "*:*,udp:*:53";
    test.device.configure(config);
    admitted(udp("dns:53"));
    test.policy.permitOpen = PermitOpen.listOf("*:*");
    assertThat(refused(udp("dns:53")), containsString("POLICY --permit-open [*:*]"));
    assertThat(refused(new StreamRequest.Udp(Target.of("service:ssh"))), containsString("ssh"));
  }

  @Test
  public void entriesForDatagramsAreReadAndWritten() {
    for (String text : List.of("udp:dns:53", "udp:*:*", "udp:[fd00::1]:53", "udp:host:*")) {
      assertThat(PermitOpen.of(text).udp(), is(true));
      assertThat(PermitOpen.of(text).toString(), is(text));
    }
    assertThat("a host of that name", PermitOpen.of("udp:53").udp(), is(false));
    for (String other : List.of("udp:dns:", "udp:service:ssh", "udp:dns:0", "udp::53")) {
      assertThrows(other, IllegalArgumentException.class, () -> PermitOpen.of(other));
    }
  }

  @Test
  public void noAddressButLoopbackCanBePermitted() {
    for (String other :
        List.of("0.0.0.0:80", "127.1.1.256:80", "*:80", "10.0.0.1:80", "localhost:0", "80:x", "")) {
      assertThrows(other, IllegalArgumentException.class, () -> PermitListen.of(other));
    }
    assertThat(PermitListen.of("[::1]:80").permits(LocalAddress.of("127.0.0.1:80")), is(true));
    assertThat(PermitListen.of("localhost:*").permits(LocalAddress.of("0")), is(true));
    assertThat(
        PermitListen.of("/run/x").permits(new LocalAddress.UnixSocket(Path.of("/run/x"))),
        is(true));
  }
}

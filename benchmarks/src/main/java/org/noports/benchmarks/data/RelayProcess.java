package org.noports.benchmarks.data;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.atserver.AtServers;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.relay.server.TcpRelay;
import org.noports.testkit.fakes.FakeAtServerSession;
import org.noports.testkit.fakes.FakeAtServers;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

/**
 * The relay's own bundle as a process without Karaf and without an atServer: it hears its requests
 * from here, and prints for each session both ports and what the two sides have to say there.
 */
final class RelayProcess {
  private static final AtSign RELAY = AtSign.of("@relay");
  private static final String NONCE = "2025-11-20T10:15:30.123456";
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "atSign",
          "@relay",
          "address",
          "127.0.0.1",
          "bindAddress",
          "127.0.0.1",
          "rendezvousSeconds",
          600,
          "maxSocketsPerSession",
          65_536,
          "maxPendingPerPort",
          4096,
          // All come from one address here.
          "acceptsPerSecond",
          1_000_000);

  private RelayProcess() {}

  /** Starts a relay with as many sessions as the first argument says. */
  public static void main(String[] arguments) throws Exception {
    RealKeys client = RealKeys.of(AtSign.of("@client"));
    RealKeys device = RealKeys.of(AtSign.of("@device"));
    FakeAtServers world = new FakeAtServers();
    world.publish(client);
    world.publish(device);
    TcpRelay relay = new TcpRelay();
    call(relay, "bindAtServers", AtServers.class, world);
    call(relay, "bindCatalogue", CipherCatalogue.class, new JdkCiphers());
    Class<?> config = Class.forName("org.noports.relay.server.RelayConfig");
    call(relay, "activate", config, configured(config));
    FakeAtServerSession atServer = world.of(RELAY);
    atServer.awaitSubscriber();
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      System.out.println(open(atServer, client, device));
    }
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private static String open(FakeAtServerSession atServer, RealKeys client, RealKeys device)
      throws Exception {
    SessionId session = SessionId.random();
    RelayRequest request =
        new RelayRequest(
            session,
            client.atSign(),
            device.atSign(),
            true,
            true,
            NONCE,
            RelayAuthMode.PAYLOAD,
            Optional.empty(),
            false,
            true,
            List.of(),
            true);
    atServer.deliver(
        client.atSign(), MessageNames.relayRequest(DeviceName.of("dev1")), request.toText());
    RelayReply reply = RelayReply.parse(atServer.takeSent().value());
    RelayLine line = new RelayLine(session, NONCE, reply.rvdNonce());
    return String.join(
        " ",
        Integer.toString(reply.clientPort()),
        line.sign(client::signAsEncryption),
        Integer.toString(reply.devicePort()),
        line.sign(device::signAsEncryption));
  }

  /** As the component runtime would: the bundle exports nothing. */
  private static void call(TcpRelay relay, String name, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    for (Method method : TcpRelay.class.getDeclaredMethods()) {
      if (method.getName().equals(name) && method.getParameterTypes()[0].equals(type)) {
        method.setAccessible(true);
        try {
          method.invoke(relay, argument);
        } catch (InvocationTargetException e) {
          throw new IllegalStateException(e.getCause());
        }
        return;
      }
    }
    throw new NoSuchMethodException(name);
  }

  private static Object configured(Class<?> config) {
    return Proxy.newProxyInstance(
        config.getClassLoader(),
        new Class<?>[] {config, Annotation.class},
        (proxy, method, arguments) ->
            SETTINGS.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}

package com.example.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Opens a tunnel, reads what the service says first, and shows that as its health. */
@Component(
    configurationPid = "com.example.gateway",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Gateway implements HealthCheck {
  /** Which service to watch. */
  public @interface Configuration {
    String from() default "@alice";

    String device() default "dev1@device";

    String relay() default "@relay";

    String to() default "localhost:22";
  }

  private final TunnelRequest request;
  private volatile Health health = Health.degraded("Connecting");
  private volatile TunnelSession session;

  @Activate
  public Gateway(@Reference Tunnels tunnels, Configuration configuration) {
    request = request(configuration);
    tunnels
        .open(request, HandshakeListener.SILENT)
        .thenCompose(this::opened)
        .thenCompose(this::greeting)
        .whenComplete(this::report);
  }

  private static TunnelRequest request(Configuration configuration) {
    String[] device = configuration.device().split("@", 2);
    return new TunnelRequest(
        AtSign.of(configuration.from()),
        new DeviceAddress(AtSign.of(device[1]), DeviceName.of(device[0])),
        AtSign.of(configuration.relay()),
        Target.of(configuration.to()),
        Optional.empty(),
        false,
        TunnelRequest.DEFAULT_GRACE);
  }

  private CompletionStage<ByteStream> opened(TunnelSession opened) {
    session = opened;
    return opened.connect();
  }

  private CompletionStage<String> greeting(ByteStream stream) {
    ByteBuffer first = ByteBuffer.allocate(256);
    return stream
        .read(first)
        .thenApply(
            count -> {
              stream.close();
              return StandardCharsets.UTF_8.decode(first.flip()).toString().strip();
            });
  }

  private void report(String greeting, Throwable failure) {
    health =
        failure == null
            ? Health.ok(request.target() + " of " + request.device() + " says " + greeting)
            : Health.down(String.valueOf(failure.getMessage()));
  }

  @Override
  public String component() {
    return "com.example.gateway";
  }

  @Override
  public Health check() {
    return health;
  }

  @Deactivate
  void stop() {
    if (session != null) {
      session.close();
    }
  }
}

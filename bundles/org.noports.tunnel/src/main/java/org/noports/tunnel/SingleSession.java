package org.noports.tunnel;

import io.netty.channel.Channel;
import org.noports.api.Target;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;

/**
 * The device's end of a session of one connection (docs/protocol/noports.md 4.7): what would be the
 * control channel carries the connection itself, under the session's own keys.
 */
final class SingleSession extends LiveSession {
  private final ServiceExit exit;
  private final Target target;

  SingleSession(
      SessionPlan plan,
      SessionKeys keys,
      Channel relay,
      Surroundings around,
      ServiceExit exit,
      Target target) {
    super(plan, keys, relay, around, "device");
    this.exit = exit;
    this.target = target;
  }

  /** Its bytes are traffic of the session. */
  @Override
  Meter meterOfControl() {
    return meter;
  }

  @Override
  void begin() {
    super.begin();
    connectionBegun();
    exit.open(target, control);
  }

  @Override
  public void review() {
    exit.review();
  }

  @Override
  void ending() {
    connectionClosed();
  }
}

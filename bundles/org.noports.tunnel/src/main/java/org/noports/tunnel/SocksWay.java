package org.noports.tunnel;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.Splice;
import org.noports.tunnel.SocksTalk.Reply;

/**
 * Where applications go that say it themselves, by SOCKS5 (RFC 1928): names are not looked up here,
 * but by the device, on its network.
 */
final class SocksWay implements Way {
  /** An application that speaks SOCKS does so at once; one that does not keeps a place. */
  private static final int TALK_SECONDS = 10;

  private final Surroundings around;

  SocksWay(Surroundings around) {
    this.around = around;
  }

  @Override
  public void take(Channel application, ClientEnd serving, LocalAddress at) {
    var alarm =
        application
            .eventLoop()
            .schedule(() -> Closing.reset(application), TALK_SECONDS, TimeUnit.SECONDS);
    ChannelStream stream = ChannelStream.over(application);
    var talk = new SocksTalk(stream);
    talk.hear()
        .whenCompleteAsync(
            (command, failure) -> {
              alarm.cancel(false);
              if (failure != null) {
                TunnelLog.notOpened(at, Failures.cause(failure).getMessage());
                Closing.afterWrites(application);
              } else if (command instanceof SocksTalk.Connect connect) {
                connect(application, serving, at, talk, connect);
              } else {
                new SocksDatagrams(around, application, serving, at).begin(talk);
              }
            },
            application.eventLoop());
  }

  private static void connect(
      Channel application,
      ClientEnd serving,
      LocalAddress at,
      SocksTalk talk,
      SocksTalk.Connect command) {
    Way.channel(serving.open(new StreamRequest.Connect(command.target())), application.eventLoop())
        .whenComplete(
            (channel, failure) -> {
              if (failure == null) {
                joined(application, talk, channel);
              } else {
                Throwable cause = Failures.cause(failure);
                TunnelLog.notOpened(at, cause.getMessage());
                talk.say(Reply.of(cause))
                    .whenComplete((said, lost) -> Closing.afterWrites(application));
              }
            });
  }

  private static void joined(Channel application, SocksTalk talk, Channel channel) {
    talk.say(Reply.SUCCEEDED)
        .thenCompose(said -> talk.stream().takeChannel())
        .whenComplete(
            (taken, lost) -> {
              if (lost == null) {
                Splice.join("the application", taken, "the relay", channel);
              } else {
                channel.close();
                application.close();
              }
            });
  }
}

package org.noports.atserver.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.KeyNames;

/**
 * What the host remembers of an atSign beside its data, so that it stays over restarts.
 *
 * @param port where it listened last, if that was a port of its own
 * @param ownPort whether it was asked for
 * @param away who took it away, if it is not served
 */
record HouseBook(Optional<Integer> port, boolean ownPort, Optional<Away> away) {
  static final HouseBook EMPTY = new HouseBook(Optional.empty(), false, Optional.empty());

  private static final String KEY = KeyNames.OWN + "host:port";
  private static final String OWN_PORT = "own";
  private static final String NO_PORT = "0";

  /** Who took an atSign away; a file does not bring back what the operator took. */
  enum Away {
    OPERATOR,
    FILE
  }

  static CompletionStage<HouseBook> read(AtSignStore space) {
    return space
        .get(KEY)
        .thenApply(
            found ->
                found
                    .map(entry -> parse(new String(entry.value(), StandardCharsets.UTF_8)))
                    .orElse(EMPTY));
  }

  private static HouseBook parse(String text) {
    List<String> words = List.of(text.split(" "));
    return new HouseBook(
        Optional.of(Integer.valueOf(words.get(0))).filter(port -> port > 0),
        words.contains(OWN_PORT),
        List.of(Away.values()).stream().filter(who -> words.contains(who.name())).findFirst());
  }

  CompletionStage<BatchResult> write(AtSignStore space) {
    String text =
        port.map(String::valueOf).orElse(NO_PORT)
            + (ownPort ? " " + OWN_PORT : "")
            + away.map(who -> " " + who.name()).orElse("");
    StoreChange put =
        new StoreChange.Put(
            KEY,
            text.getBytes(StandardCharsets.UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            false,
            Precondition.ANY);
    return space.apply(UUID.randomUUID().toString(), List.of(put));
  }

  HouseBook at(int listening) {
    return new HouseBook(Optional.of(listening), ownPort, away);
  }

  /** With a port of its own from now on; 0 for any. */
  HouseBook asked(int wanted) {
    return new HouseBook(Optional.of(wanted).filter(number -> number > 0), true, away);
  }

  HouseBook away(Optional<Away> who) {
    return new HouseBook(port, ownPort, who);
  }
}

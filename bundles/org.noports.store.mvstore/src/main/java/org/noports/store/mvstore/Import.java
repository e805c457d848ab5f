package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.noports.api.AtSign;
import org.noports.store.mvstore.records.RecordReader;

/** Takes a file of records into the store, in parts, so that others write in between. */
final class Import implements RecordReader.Visitor {
  private static final int PART_BYTES = 1 << 20;

  private final StoreEngine engine;
  private final List<ImportRows.Row> rows = new ArrayList<>();
  private Optional<AtSign> atSign = Optional.empty();
  private Space space = Space.NEW;
  private boolean first;
  private int bytes;
  private long records;

  Import(StoreEngine engine) {
    this.engine = engine;
  }

  long records() {
    return records;
  }

  @Override
  public void record(byte type, byte[] body) throws IOException {
    switch (type) {
      case Backup.SPACE -> begin(body);
      case Backup.ENTRY -> add(entry(body));
      case Backup.ITEM -> add(item(body));
      case Backup.REQUEST -> add(new ImportRows.Request(RequestRow.decode(body)));
      default -> {
        // A newer version's: whatever matters takes a new format number.
      }
    }
  }

  private void begin(byte[] body) throws IOException {
    end();
    ByteBuffer in = ByteBuffer.wrap(body);
    atSign = Optional.of(new AtSign(new String(part(in), UTF_8)));
    space = Space.decode(rest(in));
    first = true;
  }

  private static ImportRows.Entry entry(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    return new ImportRows.Entry(new String(part(in), UTF_8), EntryRow.decode(rest(in)).dueAlone());
  }

  private static ImportRows.Item item(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    ByteBuffer key = ByteBuffer.wrap(part(in));
    return new ImportRows.Item(key.getLong(), key.getLong(), ItemRow.decode(rest(in)));
  }

  private static byte[] part(ByteBuffer in) {
    byte[] part = new byte[in.getInt()];
    in.get(part);
    return part;
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  private void add(ImportRows.Row row) throws IOException {
    if (!(row instanceof ImportRows.Request)) {
      records++;
    }
    rows.add(row);
    bytes += row.bytes();
    if (bytes > PART_BYTES) {
      hand(Optional.empty());
    }
  }

  /** The atSign that was begun is whole. */
  void end() throws IOException {
    if (atSign.isPresent()) {
      hand(Optional.of(space));
    }
  }

  private void hand(Optional<Space> whole) throws IOException {
    ImportRows part = new ImportRows(atSign.orElseThrow(), List.copyOf(rows), first, whole);
    try {
      engine.write(part, bytes).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The store was stopped", e);
    }
    rows.clear();
    bytes = 0;
    first = false;
  }
}

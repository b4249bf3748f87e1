package dev.sekisho.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.SegmentedEncryption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come back as they were written, in any range, and are there whole or not at all. */
class ObjectFilesTest {

  private final Random random = new Random(7);
  private final Secret key = Secret.of(new byte[32]);
  private Path folder;
  private ObjectFiles files;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    files = new ObjectFiles(temporary, random::nextBytes, Runnable::run);
  }

  @Test
  void anyRangeOfAnyPiecesComesBack() throws IOException {
    int segment = SegmentedEncryption.SEGMENT;
    for (int[] sizes :
        List.of(
            new int[] {0},
            new int[] {1},
            new int[] {segment - 1},
            new int[] {segment},
            new int[] {segment + 1},
            new int[] {3 * segment},
            new int[] {100, 0, segment, 5},
            new int[] {2 * segment, segment + 7, 1})) {
      List<Piece> pieces = new ArrayList<>();
      byte[] whole = new byte[Arrays.stream(sizes).sum()];
      random.nextBytes(whole);
      int at = 0;
      for (int size : sizes) {
        pieces.add(write(Arrays.copyOfRange(whole, at, at + size)));
        at += size;
      }
      assertThat(read(pieces, 0, whole.length)).isEqualTo(whole);
      for (int round = 0; round < 60 && whole.length > 0; round++) {
        int from = random.nextInt(whole.length);
        int length = 1 + random.nextInt(whole.length - from);
        assertThat(read(pieces, from, length))
            .as("%s bytes from %s of %s", length, from, Arrays.toString(sizes))
            .isEqualTo(Arrays.copyOfRange(whole, from, from + length));
      }
    }
  }

  @Test
  void nothingOfTheTextIsOnDisk() throws IOException {
    byte[] text = "a line that is easy to find\n".repeat(10_000).getBytes();
    Piece piece = write(text);
    byte[] stored = Files.readAllBytes(path(piece));
    assertThat(stored.length).isEqualTo((int) SegmentedEncryption.sealedLength(text.length));
    assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("easy to find");
  }

  @Test
  void everyAlteredByteIsNoticed() throws IOException {
    byte[] text = new byte[SegmentedEncryption.SEGMENT + 100];
    random.nextBytes(text);
    Piece piece = write(text);
    byte[] stored = Files.readAllBytes(path(piece));
    for (int round = 0; round < 200; round++) {
      int place = random.nextInt(stored.length);
      alter(piece, place, (byte) (stored[place] ^ (1 << random.nextInt(8))));
      assertThatThrownBy(() -> read(List.of(piece), 0, text.length))
          .as("byte %s", place)
          .isInstanceOf(CryptoException.class);
      alter(piece, place, stored[place]);
    }
    assertThat(read(List.of(piece), 0, text.length)).isEqualTo(text);
  }

  @Test
  void aFileThatLostItsEndOrAnotherFilesBytesDoNotPass() throws IOException {
    int segment = SegmentedEncryption.SEGMENT;
    byte[] text = new byte[2 * segment];
    Piece piece = write(text);
    Piece other = write(text);
    Files.copy(path(other), path(piece), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> read(List.of(piece), 0, text.length))
        .isInstanceOf(CryptoException.class);
    try (FileChannel channel = FileChannel.open(path(other), StandardOpenOption.WRITE)) {
      channel.truncate(SegmentedEncryption.sealedLength(segment));
    }
    // Whoever believes that the object ends there does not get it: the segment is not a last one.
    assertThatThrownBy(() -> read(List.of(new Piece(other.file(), segment)), 0, segment))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> read(List.of(other), 0, text.length)).isInstanceOf(IOException.class);
  }

  @Test
  void whatWasNotFinishedLeavesNothing() throws IOException {
    try (SealedFileWriter writer = files.begin(key)) {
      writer.write(new byte[1_000_000], 0, 1_000_000);
      assertThat(count()).isEqualTo(1);
    }
    assertThat(count()).isZero();
  }

  @Test
  void aStartSweepsWhatBelongsToNothing() throws IOException {
    Piece kept = write(new byte[] {1, 2, 3});
    write(new byte[] {4, 5, 6});
    // A process that dies in the middle closes nothing.
    SealedFileWriter unfinished = files.begin(key);
    unfinished.write(new byte[1_000_000], 0, 1_000_000);
    assertThat(count()).isEqualTo(3);

    ObjectFiles next = new ObjectFiles(folder, random::nextBytes, Runnable::run);
    next.sweepAtStart(names -> {
      assertThat(names).isNotEmpty();
      return Set.of(kept.file());
    });

    assertThat(count()).isEqualTo(1);
    assertThat(read(List.of(kept), 0, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void aFileIsRemovedOnlyAfterItsLastReader() throws IOException {
    Piece piece = write(new byte[SegmentedEncryption.SEGMENT * 2]);
    InputStream first = reader(List.of(piece), 0, piece.length());
    InputStream second = reader(List.of(piece), 0, piece.length());
    files.delete(List.of(piece.file()));
    assertThat(count()).isEqualTo(1);
    assertThat(first.readAllBytes()).hasSize((int) piece.length());
    first.close();
    first.close();
    assertThat(count()).isEqualTo(1);
    assertThat(second.readAllBytes()).hasSize((int) piece.length());
    second.close();
    assertThat(count()).isZero();
  }

  @Test
  void whatNobodyHasClaimedIsKnown() {
    Piece one = write(new byte[1]);
    Piece two = write(new byte[1]);
    assertThat(files.pending()).containsExactlyInAnyOrder(one.file(), two.file());
    files.keep(List.of(one.file()));
    files.delete(List.of(two.file()));
    assertThat(files.pending()).isEmpty();
  }

  private Piece write(byte[] text) {
    try (SealedFileWriter writer = files.begin(key)) {
      int at = 0;
      while (at < text.length) {
        int size = Math.min(text.length - at, 1 + random.nextInt(100_000));
        writer.write(text, at, size);
        at += size;
      }
      writer.finish();
      return new Piece(writer.name(), writer.length());
    }
  }

  private byte[] read(List<Piece> pieces, long from, long length) throws IOException {
    try (InputStream stream = reader(pieces, from, length)) {
      return stream.readAllBytes();
    }
  }

  private InputStream reader(List<Piece> pieces, long from, long length) {
    files.hold(pieces.stream().map(Piece::file).toList());
    return new SealedFileReader(files, key, pieces, from, length);
  }

  private Path path(Piece piece) {
    return folder.resolve("objects").resolve(piece.file().substring(0, 2)).resolve(piece.file());
  }

  private void alter(Piece piece, int place, byte value) throws IOException {
    try (FileChannel channel = FileChannel.open(path(piece), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {value}), place);
    }
  }

  private long count() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}

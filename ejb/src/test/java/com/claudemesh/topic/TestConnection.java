package com.claudemesh.topic;

import com.claudemesh.presence.Outbound;
import com.claudemesh.presence.Peer;
import com.claudemesh.presence.PeerChannel;
import com.claudemesh.protocol.error.CloseCode;
import com.claudemesh.protocol.frame.Decoded;
import com.claudemesh.protocol.frame.FrameCodec;
import com.claudemesh.protocol.frame.Push;
import com.claudemesh.protocol.frame.ServerFrame;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One connection: everything offered is written at once, or never once it is closed. */
final class TestConnection implements PeerChannel {
    private final FrameCodec<ServerFrame> codec = FrameCodec.forClient();
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
    volatile boolean open = true;
    Peer peer;

    @Override
    public void offer(Outbound frame) {
        if (open
                && codec.decode(frame.text()) instanceof Decoded.Known<ServerFrame> known
                && known.frame() instanceof Push push) {
            pushes.add(push);
        }
        frame.written().done(open);
    }

    Push next() {
        try {
            Push push = pushes.poll(10, TimeUnit.SECONDS);
            if (push == null) {
                throw new AssertionError("nothing arrived");
            }
            return push;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String nextText() {
        return TopicWorld.text(next().ciphertext());
    }

    /** The next texts, as many as asked for. */
    List<String> nextTexts(int count) {
        return Stream.generate(this::nextText).limit(count).toList();
    }

    /** What has arrived and was not taken. */
    List<String> rest() {
        return pushes.stream().map(push -> TopicWorld.text(push.ciphertext())).toList();
    }

    @Override
    public long queuedChars() {
        return 0;
    }

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public void whenUncongested(Runnable action) {
        action.run();
    }

    @Override
    public void close(CloseCode code, String reason) {
        open = false;
    }

    @Override
    public void abort(CloseCode code, String reason) {
        open = false;
    }
}

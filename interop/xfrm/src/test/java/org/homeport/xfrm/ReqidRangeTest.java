package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.homeport.core.session.ReqidSource;
import org.junit.jupiter.api.Test;

class ReqidRangeTest {
    @Test
    void sourceBeginsAnewAndLeavesTheLastOneOut() {
        ReqidSource source = new ReqidRange(100, 4).source();
        assertThat(IntStream.range(0, 7).map(i -> source.next())).containsExactly(100, 101, 102, 100, 101, 102, 100);
    }
}

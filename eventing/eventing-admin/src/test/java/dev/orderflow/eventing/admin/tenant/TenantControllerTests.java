package dev.orderflow.eventing.admin.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.admin.RefusedRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;

class TenantControllerTests {

    private final TenantSwitches switches = mock(TenantSwitches.class);
    private final TenantController controller = new TenantController(
            new StaticListableBeanFactory(Map.of("switches", switches)).getBeanProvider(TenantSwitches.class));

    @Test
    void aSwitchWithoutEffectIsRefused() {
        when(switches.isOn()).thenReturn(false);
        var request = new TenantController.SwitchRequest("acme", false, "abuse");

        assertThatExceptionOfType(RefusedRequest.Unknown.class)
                .isThrownBy(() -> controller.switchTo(request, new MockHttpServletRequest()))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("tenants_not_separated"));
    }
}

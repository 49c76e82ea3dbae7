package dev.flin.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import dev.flin.FlinEngine;
import dev.flin.port.ServicePort;

/** The beans that are services of the engine: those whose interface is a port. */
final class ServiceBeans {

	/** A bean under its port. */
	record Service<T>(Class<T> port, Object bean) {

		void giveTo(FlinEngine.Builder engine) {
			engine.service(this.port, this.port.cast(this.bean));
		}

	}

	private ServiceBeans() {
	}

	static List<Service<?>> of(ListableBeanFactory beans) {
		List<Service<?>> services = new ArrayList<>();
		for (Object bean : beans.getBeansWithAnnotation(ServicePort.class).values()) {
			for (Class<?> type : ClassUtils.getAllInterfaces(bean)) {
				if (AnnotatedElementUtils.hasAnnotation(type, ServicePort.class)) {
					services.add(new Service<>(type, bean));
				}
			}
		}
		return services;
	}

}

import { EuiButton, EuiCallOut, EuiLoadingSpinner, EuiSpacer, EuiTitle } from '@elastic/eui';
import { Suspense, useEffect, useState, type FC } from 'react';
import type {
  ActionConnector,
  ActionConnectorMode,
  AnyActionTypeModel,
  IErrorObject,
} from '@kbn/triggers-actions-ui-plugin/public';
import { errorText, type Execution } from './connectors_api';
import { useConnectors, useRights } from './context';

const MODE = 'test' as ActionConnectorMode.Test;

const Result: FC<{ readonly execution: Execution | undefined }> = ({ execution }) => {
  if (execution === undefined) {
    return (
      <EuiCallOut data-test-subj="executionAwaiting">
        When you run the test, the results will show up here.
      </EuiCallOut>
    );
  }
  const { status, message, service_message: details } = execution;
  return status === 'ok' ? (
    <EuiCallOut
      color="success"
      iconType="check"
      title="Test was successful"
      data-test-subj="executionSuccessfulResult"
    >
      <p>Ensure the results are what you expect.</p>
    </EuiCallOut>
  ) : (
    <EuiCallOut
      color="danger"
      iconType="warning"
      title="Test failed to run"
      data-test-subj="executionFailureResult"
    >
      <p>{message ?? 'Unknown reason'}</p>
      {details === undefined ? null : <p>Details: {details}</p>}
    </EuiCallOut>
  );
};

/** The Test tab: the type's own parameters, and what running them answers. */
export const TestConnector: FC<{
  readonly connector: ActionConnector;
  readonly model: AnyActionTypeModel;
}> = ({ connector, model }) => {
  const { api } = useConnectors();
  const { execute: mayExecute } = useRights();
  const [params, setParams] = useState<Readonly<Record<string, unknown>>>({});
  const [errors, setErrors] = useState<IErrorObject>({});
  const [execution, setExecution] = useState<Execution>();
  const [isRunning, setIsRunning] = useState(false);
  const { actionParamsFields: Fields } = model;

  useEffect(() => {
    let isCurrent = true;
    void model.validateParams(params).then(({ errors: found }) => {
      if (isCurrent) setErrors(found as IErrorObject);
    });
    return () => {
      isCurrent = false;
    };
  }, [model, params]);
  // As in Kibana 8.12.2: two edits of one rendering undo each other.
  const editAction = (key: string, value: unknown) => setParams({ ...params, [key]: value });
  const run = async () => {
    setIsRunning(true);
    try {
      setExecution(await api.execute(connector.id, params));
    } catch (error) {
      setExecution({ status: 'error', message: errorText(error) });
    } finally {
      setIsRunning(false);
    }
  };
  const hasErrors = Object.values(errors).some((found) => Object.keys(found).length > 0);

  return (
    <div data-test-subj="test-connector-form">
      <EuiTitle size="xxs">
        <h4>Create an action</h4>
      </EuiTitle>
      <EuiSpacer size="s" />
      <Suspense fallback={<EuiLoadingSpinner size="m" />}>
        <Fields
          actionParams={params}
          errors={errors}
          index={0}
          editAction={editAction}
          messageVariables={[]}
          actionConnector={connector}
          executionMode={MODE}
        />
      </Suspense>
      <EuiSpacer size="l" />
      <EuiTitle size="xxs">
        <h4>Run the test</h4>
      </EuiTitle>
      <EuiSpacer size="s" />
      <EuiButton
        iconType="play"
        isLoading={isRunning}
        isDisabled={hasErrors || !mayExecute}
        data-test-subj="executeActionButton"
        onClick={() => void run()}
      >
        Run
      </EuiButton>
      <EuiSpacer size="l" />
      <EuiTitle size="xxs">
        <h4>Results</h4>
      </EuiTitle>
      <EuiSpacer size="s" />
      <div role="status">
        <Result execution={execution} />
      </div>
    </div>
  );
};

"""Write the packs of token formats, ``backend/packs/credentials-{tokens,assigned}.toml``, from the tables below.

A format is a fact; what a vendor's tokens look like stands in one line each.  The hits are
drawn at random by a fixed seed, so no line of a pack has ever opened anything.

    python tools/credentials.py && python -m backend packs --prove
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as kind
from re import _parser as parser
from typing import Any

PACKS = Path(__file__).resolve().parent.parent / "backend" / "packs"

TOKENS = r"""
1password.service | 1Password service account token | ops_ | ops_eyJ[A-Za-z0-9+/]{150,2000}={0,2}
1password.secret | 1Password secret key | a3- | A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
adobe.client | Adobe client secret | p8e- | p8e-[A-Za-z0-9]{32}
age.key | age secret key | age-secret-key-1 | AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}
alibaba.id | Alibaba Cloud access key | ltai | LTAI[A-Za-z0-9]{17,21}
anthropic.api | Anthropic API key | sk-ant- | sk-ant-api03-[A-Za-z0-9_-]{93}AA
anthropic.admin | Anthropic admin key | sk-ant- | sk-ant-admin01-[A-Za-z0-9_-]{93}AA
artifactory.key | Artifactory API key | akc | AKC[A-Za-z0-9]{60,73}
artifactory.reference | Artifactory reference token | cmvmd | cmVmd[A-Za-z0-9]{59}
atlassian.api | Atlassian API token | atatt3 | ATATT3[A-Za-z0-9_=-]{186}
authress.key | Authress access key | .acc | (?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[a-z0-9+/_=-]{30,120}
aws.id | AWS access key | akia,asia,abia,acca,a3t | (?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}
aws.bedrock | Amazon Bedrock key | absk | ABSK[A-Za-z0-9+/]{109,269}={0,2}
aws.bedrock-short | Amazon Bedrock short-lived key | bedrock-api-key- | bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=]{20,400}
azure.secret | Azure application secret | q~ | [A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}
azure.devops | Azure DevOps token | azdo | [A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}
azure.storage | Azure storage account key | accountkey= | AccountKey=[A-Za-z0-9+/]{86}==
beamer.api | Beamer API token | b_ | b_[a-z0-9=_-]{44}
buildkite.agent | Buildkite token | bkua_,bkaa_ | bk[ua]a_[a-f0-9]{40}
canva.secret | Canva client secret | cnvca | cnvca[A-Za-z0-9_-]{38,52}
clickhouse.cloud | ClickHouse Cloud secret key | 4b1d | [A-Za-z0-9]{0,3}4b1d[A-Za-z0-9]{38}
clojars.deploy | Clojars deploy token | clojars_ | CLOJARS_[a-z0-9]{60}
cloudflare.ca | Cloudflare origin CA key | v1.0- | v1\.0-[a-f0-9]{24}-[a-f0-9]{146}
contentful.pat | Contentful management token | cfpat- | CFPAT-[A-Za-z0-9_-]{43}
databricks.pat | Databricks token | dapi | dapi[a-f0-9]{32}(?:-[0-9])?
datadog.app | Datadog application key | ddapp_ | ddapp_[A-Za-z0-9]{34}
deno.deploy | Deno Deploy token | ddp_ | ddp_[A-Za-z0-9]{36}
digitalocean.pat | DigitalOcean token | dop_v1_,doo_v1_,dor_v1_ | do[opr]_v1_[a-f0-9]{64}
docker.pat | Docker Hub token | dckr_pat_,dckr_oat_ | dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,32}
doppler.token | Doppler token | dp. | dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9.-]{40,60}
dropbox.short | Dropbox token | sl. | sl\.[A-Za-z0-9_=-]{130,152}
duffel.api | Duffel token | duffel_ | duffel_(?:test|live)_[A-Za-z0-9_=-]{43}
dynatrace.api | Dynatrace token | dt0c01. | dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}
easypost.api | EasyPost key | ezak,eztk | EZ[AT]K[A-Za-z0-9]{54}
elastic.cloud | Elastic Cloud key | essu_ | essu_[A-Za-z0-9+/=]{60,120}
endorlabs.secret | Endor Labs secret | endr+ | endr\+[A-Za-z0-9-]{16}
frameio.token | Frame.io token | fio-u- | fio-u-[A-Za-z0-9_=-]{64}
facebook.page | Facebook page token | eaa | EAA[MC][A-Za-z0-9]{100,300}
facebook.app | Facebook app token | |,%7c | [0-9]{15,16}(?:\||%7C)[A-Za-z0-9_-]{27,40}
figma.pat | Figma token | figd_,figo_ | fig[do]_[A-Za-z0-9_-]{40,50}
flutterwave.secret | Flutterwave key | flwseck,flwpubk | FLW(?:SECK|PUBK)(?:_TEST)?-[a-h0-9]{32}-X
flyio.token | Fly.io token | fo1_,fm1,fm2_ | (?:fo1_[A-Za-z0-9_-]{43}|fm1[ar]_[A-Za-z0-9+/]{100,400}={0,3}|fm2_[A-Za-z0-9+/]{100,400}={0,3})
freemius.secret | Freemius secret key | sk_ | sk_[A-Za-z0-9*!%]{29}[!%*]
gcp.api | Google API key | aiza | AIza[A-Za-z0-9_-]{35}
gcp.oauth | Google OAuth secret | gocspx- | GOCSPX-[A-Za-z0-9_-]{28}
gcp.token | Google OAuth token | ya29. | ya29\.[A-Za-z0-9_-]{60,200}
github.pat | GitHub token | ghp_,gho_,ghu_,ghs_,ghr_ | gh[pousr]_[A-Za-z0-9]{36}
github.fine | GitHub fine-grained token | github_pat_ | github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}
gitlab.pat | GitLab token | glpat-,gldt-,glft-,glsoat-,glrt-,glcbt-,glptt-,glimt-,glagent-,gloas-,glffct- | gl(?:pat|dt|ft|soat|rt|ptt|imt|agent|oas|ffct)-[A-Za-z0-9_-]{20,64}
gitlab.ci | GitLab job token | glcbt- | glcbt-[A-Za-z0-9]{1,5}_[A-Za-z0-9_-]{20}
gitlab.runner | GitLab runner registration token | gr1348941 | GR1348941[A-Za-z0-9_-]{20}
gitlab.session | GitLab session cookie | _gitlab_session | _gitlab_session=[0-9a-z]{32}
gocardless.live | GoCardless token | live_ | live_[A-Za-z0-9_=-]{40}
grafana.cloud | Grafana Cloud token | glc_ | glc_[A-Za-z0-9+/]{50,400}={0,3}
grafana.service | Grafana service account token | glsa_ | glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}
grafana.api | Grafana API key | eyjrijoi | eyJrIjoi[A-Za-z0-9+/]{70,400}={0,3}
groq.api | Groq key | gsk_ | gsk_[A-Za-z0-9]{52}
harness.pat | Harness token | pat.,sat. | [ps]at\.[A-Za-z0-9_-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}
hashicorp.terraform | Terraform Cloud token | .atlasv1. | [A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}
hashicorp.vault | Vault service token | hvs.,hvb. | hv[sb]\.[A-Za-z0-9_-]{90,200}
hashicorp.vault-old | Vault token | token: s.,token=s.,token = s.,token: "s.,token="s.,token = "s.,token":"s.,token": "s. | s\.[A-Za-z0-9]{24}
heroku.key | Heroku key | hrku- | HRKU-(?:AA[A-Za-z0-9_-]{58}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})
huggingface.user | Hugging Face token | hf_ | hf_[A-Za-z]{34}
huggingface.org | Hugging Face organization token | api_org_ | api_org_[A-Za-z]{34}
infracost.api | Infracost key | ico- | ico-[A-Za-z0-9]{32}
intra42.secret | 42 Intra client secret | s-s4t2 | s-s4t2(?:ud|af)-[a-f0-9]{64}
langchain.key | LangSmith key | lsv2_ | lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}
launchdarkly.sdk | LaunchDarkly key | sdk-,api-,mob- | (?:sdk|mob|api)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
linear.api | Linear key | lin_api_ | lin_api_[A-Za-z0-9]{40}
lob.key | Lob key | live_,test_ | (?:live|test)_[a-f0-9]{35}
mailchimp.key | Mailchimp key | -us | [a-f0-9]{32}-us[0-9]{1,2}
mailgun.private | Mailgun key | key- | key-[a-f0-9]{32}
mapbox.secret | Mapbox token | pk.eyj,sk.eyj | [ps]k\.eyJ[A-Za-z0-9_-]{50,120}\.[A-Za-z0-9_-]{22}
maxmind.license | MaxMind licence key | _mmk | [A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk
microsoft.teams | Microsoft Teams webhook | webhook.office.com | https://[a-z0-9]{1,40}\.webhook\.office\.com/webhookb2/[a-z0-9-]{36}@[a-z0-9-]{36}/IncomingWebhook/[a-z0-9]{32}/[a-z0-9-]{36}
openrouter.key | OpenRouter key | sk-or-v1- | sk-or-v1-[a-f0-9]{64}
netlify.pat | Netlify token | nfp_ | nfp_[A-Za-z0-9]{36}
newrelic.user | New Relic user key | nrak- | NRAK-[A-Z0-9]{27}
newrelic.insert | New Relic insert key | nrii- | NRII-[A-Za-z0-9_-]{32}
newrelic.browser | New Relic browser key | nrjs- | NRJS-[a-f0-9]{19}
notion.api | Notion token | ntn_ | ntn_[0-9]{11}[A-Za-z0-9]{35}
notion.secret | Notion integration secret | secret_ | secret_[A-Za-z0-9]{43}
npm.token | npm token | npm_ | npm_[A-Za-z0-9]{36}
nuget.key | NuGet key | oy2 | oy2[a-z0-9]{43}
nvidia.api | NVIDIA key | nvapi- | nvapi-[A-Za-z0-9_-]{60,70}
octopus.api | Octopus Deploy key | api- | API-[A-Z0-9]{26}
okta.token | Okta token | ssws | SSWS 00[A-Za-z0-9_-]{40}
onfido.api | Onfido token | api_live.,api_sandbox. | api_(?:live|sandbox)\.[A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]{32}
openai.project | OpenAI key | t3blbkfj | sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}
openai.session | OpenAI-style key | sk- | sk-[a-z0-9]{32,48}
openshift.token | OpenShift token | sha256~ | sha256~[A-Za-z0-9_-]{43}
perplexity.api | Perplexity key | pplx- | pplx-[A-Za-z0-9]{48}
pinecone.key | Pinecone key | pcsk_ | pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}
planetscale.token | PlanetScale token | pscale_ | pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_=.-]{32,64}
postman.key | Postman key | pmak- | PMAK-[a-f0-9]{24}-[a-f0-9]{34}
prefect.key | Prefect key | pnu_ | pnu_[A-Za-z0-9]{36}
pulumi.token | Pulumi token | pul- | pul-[a-f0-9]{40}
pypi.token | PyPI token | pypi- | pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,400}
readme.key | ReadMe key | rdme_ | rdme_[a-z0-9]{70}
razorpay.key | Razorpay key | rzp_ | rzp_(?:live|test)_[A-Za-z0-9]{14,24}
replicate.token | Replicate token | r8_ | r8_[A-Za-z0-9]{37}
resend.key | Resend key | re_ | re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}
rubygems.key | RubyGems key | rubygems_ | rubygems_[a-f0-9]{48}
scalingo.token | Scalingo token | tk-us- | tk-us-[A-Za-z0-9_-]{48}
sendgrid.key | SendGrid key | sg. | SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}
sendinblue.key | Brevo key | xkeysib- | xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}
sentry.org | Sentry organization token | sntrys_ | sntrys_eyJ[A-Za-z0-9+/]{80,400}={0,2}_[A-Za-z0-9+/]{43}
sentry.user | Sentry user token | sntryu_ | sntryu_[a-f0-9]{64}
settlemint.token | SettleMint token | sm_ | sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}
shippo.token | Shippo token | shippo_ | shippo_(?:live|test)_[a-f0-9]{40}
shopify.token | Shopify token | shpat_,shpca_,shppa_,shpss_ | shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}
slack.app | Slack app token | xapp- | xapp-[0-9]-[A-Z0-9]{8,12}-[0-9]{8,14}-[a-z0-9]{20,70}
slack.bot | Slack bot token | xoxb- | xoxb-[0-9]{6,14}-(?:[0-9]{8,14}-)?[A-Za-z0-9]{14,34}
slack.user | Slack user token | xoxp-,xoxe-,xoxa-,xoxr-,xoxs-,xoxo- | xox[peasro]-(?:[0-9]-)?(?:[0-9]{6,14}-){1,3}[A-Za-z0-9]{10,64}
slack.legacy | Slack legacy token | xoxa-,xoxr-,xoxo-,xoxs- | xox[oasr]-(?:[0-9]-)?[0-9A-Za-z]{10,48}
slack.config | Slack configuration token | xoxe | xoxe(?:\.xox[bp])?-[0-9]-[A-Za-z0-9]{100,170}
slack.webhook | Slack webhook | hooks.slack.com | https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,12}/[A-Za-z0-9/]{24,60}
snyk.token | Snyk service token | snyk_ | snyk_(?:uat|sat)\.[0-9a-f]{8}\.[A-Za-z0-9._-]{40,200}
sonar.token | SonarQube token | squ_,sqp_,sqa_ | sq[upa]_[A-Za-z0-9]{40}
sourcegraph.token | Sourcegraph token | sgp_,slk_ | (?:sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}|slk_[a-f0-9]{64})
square.access | Square token | eaaa,sq0atp- | (?:EAAA[A-Za-z0-9_+/=-]{60}|sq0atp-[A-Za-z0-9_-]{22})
square.secret | Square secret | sq0csp- | sq0csp-[A-Za-z0-9_-]{43}
stripe.key | Stripe key | sk_live_,sk_test_,rk_live_,rk_test_,sk_prod_,rk_prod_ | [sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,99}
stripe.webhook | Stripe webhook secret | whsec_ | whsec_[A-Za-z0-9+/]{32,48}
supabase.key | Supabase key | sbp_,sb_secret_ | (?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8})
tailscale.key | Tailscale key | tskey- | tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{11,17}-[A-Za-z0-9]{24,48}
telegram.bot | Telegram bot token | :aa | [0-9]{8,10}:AA[A-Za-z0-9_-]{33}
tencent.id | Tencent Cloud secret id | akid | AKID[A-Za-z0-9]{32}
typeform.token | Typeform token | tfp_ | tfp_[A-Za-z0-9_.=-]{59}
vercel.token | Vercel token | vcp_,vci_,vca_ | vc[pia]_[A-Za-z0-9]{56}
volcengine.id | Volcengine access key | aklt | AKLT[A-Za-z0-9]{40,60}
xai.api | xAI key | xai- | xai-[A-Za-z0-9]{80}
yandex.key | Yandex Cloud key | aqvn | AQVN[A-Za-z0-9_-]{35,38}
yandex.token | Yandex token | y0_ | y0_[A-Za-z0-9_-]{55,62}
zapier.hook | Zapier webhook | hooks.zapier.com | https://hooks\.zapier\.com/hooks/catch/[0-9]{5,10}/[a-z0-9]{6,12}
discord.hook | Discord webhook | /api/webhooks/ | https://(?:discord|discordapp)\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,72}
feishu.hook | Feishu or Lark webhook | open-apis/bot | https://open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/[0-9a-f-]{36}
dingtalk.hook | DingTalk webhook | oapi.dingtalk.com | https://oapi\.dingtalk\.com/robot/send\?access_token=[0-9a-f]{64}
wecom.hook | WeCom webhook | qyapi.weixin.qq.com | https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[0-9a-f-]{36}
amazon.mws | Amazon Marketplace key | amzn.mws. | amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
amazon.login | Login with Amazon secret | amzn1.oa2-cs. | amzn1\.oa2-cs\.v1\.[a-f0-9]{64}
anthropic.oauth | Anthropic login token | sk-ant-o | sk-ant-o[ar]t01-[A-Za-z0-9_-]{80,120}
apify.api | Apify token | apify_api_ | apify_api_[A-Za-z0-9]{36}
baidu.qianfan | Baidu Qianfan key | bce-v3/ | bce-v3/ALTAK-[A-Za-z0-9]{21}/[a-f0-9]{40}
bitcoin.extended | Bitcoin wallet key | xprv9 | xprv9[1-9A-HJ-NP-Za-km-z]{106}
braintree.access | Braintree or PayPal token | access_token$ | access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}
cerebras.api | Cerebras key | csk- | csk-[a-z0-9]{48}
circleci.pat | CircleCI token | ccipat_ | CCIPAT_[A-Za-z0-9]{22}_[a-f0-9]{40}
coze.pat | Coze token | pat_ | pat_[A-Za-z0-9]{64}
elevenlabs.api | ElevenLabs key | sk_ | sk_[a-f0-9]{48}
firecrawl.api | Firecrawl key | fc- | fc-[a-f0-9]{32}
fireworks.api | Fireworks AI key | fw_ | fw_[A-Za-z0-9]{22,24}
infisical.service | Infisical service token | st. | st\.[a-f0-9]{24}\.[a-f0-9]{32}\.[a-f0-9]{32}
jetbrains.hub | JetBrains token | perm: | perm:[A-Za-z0-9=]{8,60}\.[A-Za-z0-9=-]{2,40}\.[A-Za-z0-9]{25,40}
kaggle.api | Kaggle token | kgat_ | KGAT_[a-f0-9]{32}
klaviyo.private | Klaviyo key | pk_ | pk_[a-f0-9]{34}
langfuse.secret | Langfuse secret key | sk-lf- | sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
neon.api | Neon key | napi_ | napi_[a-z0-9]{64}
nylas.api | Nylas key | nyk_v0_ | nyk_v0_[A-Za-z0-9]{64}
posthog.personal | PostHog key | phx_,phs_ | ph[xs]_[A-Za-z0-9]{43,48}
render.api | Render key | rnd_ | rnd_[A-Za-z0-9]{28,36}
rootly.api | Rootly key | rootly_ | rootly_[a-f0-9]{64}
samsara.api | Samsara token | samsara_api_ | samsara_api_[A-Za-z0-9]{30}
tavily.api | Tavily key | tvly- | tvly-(?:dev-|prod-)?[A-Za-z0-9]{32}
trigger.secret | Trigger.dev key | tr_dev_,tr_prod_ | tr_(?:dev|prod)_[A-Za-z0-9]{20,24}
wakatime.key | WakaTime key | waka_ | waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
wireguard.key | WireGuard private key | privatekey | PrivateKey ?= ?[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=
zuplo.key | Zuplo key | zpka_ | zpka_[a-z0-9]{32}_[a-f0-9]{8}
"""
"""Id | name | anchors, comma between | pattern."""

ASSIGNED = r"""
adafruit | Adafruit key | [A-Za-z0-9_-]{32}
adobe | Adobe key | [a-f0-9]{32}
airtable | Airtable key | key[A-Za-z0-9]{14}|pat[A-Za-z0-9]{14}\.[a-f0-9]{64}
algolia | Algolia key | [a-z0-9]{32}
asana | Asana token | [A-Za-z0-9]{32}
atlassian | Atlassian token | [A-Za-z0-9]{24}
auth0 | Auth0 secret | [A-Za-z0-9_-]{64}
aws_secret | AWS secret key | [A-Za-z0-9/+]{40}
aws_secret_access_key | AWS secret key | [A-Za-z0-9/+]{40}
baidu | Baidu Cloud key | [a-zA-Z0-9]{24,32}
bitbucket | Bitbucket secret | [A-Za-z0-9_=-]{64}|[A-Za-z0-9]{32}
bittrex | Bittrex key | [a-z0-9]{32}
braintree | Braintree key | [a-f0-9]{32}
circleci | CircleCI token | [a-f0-9]{40}
cloudflare | Cloudflare key | [A-Za-z0-9_-]{37,40}
codecov | Codecov token | [A-Za-z0-9]{32}
coinbase | Coinbase key | [A-Za-z0-9_-]{64}
cohere | Cohere key | [A-Za-z0-9]{40}
confluent | Confluent secret | [A-Za-z0-9]{64}|[A-Za-z0-9]{16}
datadog | Datadog key | [a-f0-9]{40}|[a-f0-9]{32}
deepseek | DeepSeek key | sk-[a-f0-9]{32}
discord | Discord secret | [MNO][A-Za-z0-9]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}|[A-Za-z0-9_-]{32}|[a-f0-9]{64}
droneci | Drone CI token | [A-Za-z0-9]{32}
dropbox | Dropbox secret | [a-z0-9]{15}
etsy | Etsy key | [a-z0-9]{24}
facebook | Facebook app secret | [a-f0-9]{32}
fastly | Fastly token | [A-Za-z0-9_=-]{32}
finicity | Finicity token | [a-f0-9]{32}
finnhub | Finnhub token | [a-z0-9]{20}
flickr | Flickr key | [a-f0-9]{32}
freshbooks | FreshBooks token | [a-f0-9]{64}
gitter | Gitter token | [A-Za-z0-9_-]{40}
heroku | Heroku key | [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
hubspot | HubSpot key | [0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}
huawei | Huawei Cloud key | [A-Z0-9]{20}|[A-Za-z0-9]{40}
intercom | Intercom token | [A-Za-z0-9_=-]{60}
jfrog | JFrog key | [A-Za-z0-9]{64,73}
kraken | Kraken token | [A-Za-z0-9/=_+-]{80,90}
kucoin | KuCoin key | [a-f0-9]{24}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
linkedin | LinkedIn secret | [A-Za-z0-9]{14,16}
looker | Looker secret | [A-Za-z0-9]{24}|[A-Za-z0-9]{20}
mattermost | Mattermost token | [a-z0-9]{26}
meraki | Cisco Meraki key | [0-9a-f]{40}
messagebird | MessageBird token | [A-Za-z0-9]{25}
mistral | Mistral key | [A-Za-z0-9]{32}
moonshot | Moonshot key | sk-[A-Za-z0-9]{48}
nytimes | New York Times key | [A-Za-z0-9_=-]{32}
okta | Okta token | 00[A-Za-z0-9_-]{40}
pagerduty | PagerDuty key | [A-Za-z0-9_+-]{20}
plaid | Plaid secret | [A-Za-z0-9]{30}
privateai | Private AI token | [a-z0-9]{32}
rapidapi | RapidAPI key | [A-Za-z0-9]{50}
sendbird | Sendbird token | [a-f0-9]{40}
sentry | Sentry token | [a-f0-9]{64}
sidekiq | Sidekiq Pro secret | [a-f0-9]{8}:[a-f0-9]{8}
bundle_enterprise__contribsys__com | Sidekiq Enterprise secret | [a-f0-9]{8}:[a-f0-9]{8}
bundle_gems__contribsys__com | Sidekiq Pro secret | [a-f0-9]{8}:[a-f0-9]{8}
snyk | Snyk key | [0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}
sonar | SonarQube token | [A-Za-z0-9]{40}
squarespace | Squarespace token | [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
sumo | Sumo Logic key | [A-Za-z0-9]{64}|su[A-Za-z0-9]{12}
travis | Travis CI token | [A-Za-z0-9_-]{22}
trello | Trello key | [A-Za-z0-9]{32}
twilio | Twilio token | (?:SK|AC)?[0-9a-f]{32}
twitch | Twitch token | [a-z0-9]{30}
twitter | Twitter secret | [A-Za-z0-9]{25}|[A-Za-z0-9]{50}|[A-Za-z0-9]{45}
wechat | WeChat app secret | [a-f0-9]{32}
yandex | Yandex secret | [A-Za-z0-9_-]{39}
zendesk | Zendesk secret | [a-z0-9]{40}
vault | Vault token | s\.[A-Za-z0-9]{24}
zalo | Zalo app secret | [A-Za-z0-9]{20,40}
"""
"""What the variable is called after | name | the value's pattern."""

EXTRA = {
    # Browser keys of Google are public by design where nothing says that this one is not.
    "gcp.api": """score = 50
near = [{match = '''(?i)(?:key|secret|token|api)[\\w"]{0,12}\\s{0,2}[:=]''', within = 60, add = 35}]
""",
}

KINDS = """Words at the end of a title | in Vietnamese, before the product | in Chinese, after it. The first that fits is taken.
service account token | token tài khoản dịch vụ | 服务账号令牌
runner registration token | token đăng ký runner | runner 注册令牌
storage account key | khóa tài khoản lưu trữ | 存储账号密钥
short-lived key | khóa ngắn hạn | 短期密钥
webhook secret | mã bí mật webhook | webhook 密钥
integration secret | mã bí mật tích hợp | 集成密钥
fine-grained token | token phân quyền chi tiết | 细粒度令牌
configuration token | token cấu hình | 配置令牌
organization token | token của tổ chức | 组织令牌
application secret | mã bí mật ứng dụng | 应用密钥
application key | khóa ứng dụng | 应用密钥
management token | token quản lý | 管理令牌
reference token | token tham chiếu | 引用令牌
client secret | mã bí mật của ứng dụng | 客户端密钥
origin CA key | khóa CA máy chủ gốc | 源站 CA 密钥
service token | token dịch vụ | 服务令牌
session cookie | cookie phiên đăng nhập | 登录会话 cookie
licence key | khóa bản quyền | 许可证密钥
private key | khóa riêng | 私钥
secret key | khóa bí mật | 私密密钥
secret id | mã định danh bí mật | 密钥编号
access key | khóa truy cập | 访问密钥
deploy token | token triển khai | 部署令牌
deploy key | khóa triển khai | 部署密钥
legacy token | token kiểu cũ | 旧版令牌
login token | token đăng nhập | 登录令牌
admin key | khóa quản trị | 管理员密钥
wallet key | khóa ví | 钱包密钥
page token | token trang | 主页令牌
user token | token người dùng | 用户令牌
user key | khóa người dùng | 用户密钥
insert key | khóa ghi dữ liệu | 写入密钥
browser key | khóa trình duyệt | 浏览器密钥
app secret | mã bí mật ứng dụng | 应用密钥
app token | token ứng dụng | 应用令牌
bot token | token bot | 机器人令牌
job token | token tác vụ | 任务令牌
API token | token API | API 令牌
API key | khóa API | API 密钥
OAuth token | token OAuth | OAuth 令牌
OAuth secret | mã bí mật OAuth | OAuth 密钥
webhook | địa chỉ webhook | webhook 地址
secret | mã bí mật | 密钥
token | token | 令牌
key | khóa | 密钥
"""

HEAD = """# Written by tools/credentials.py; change its tables, not this file.
[pack]
id = "{id}"
languages = ["code"]
description = "{description}"
sources = ["The vendors' public documentation of their token formats."]

[defaults]
category = "credential"
score = 90
validator = "{validator}"
channels = {{ai = 5}}

[defaults.title]
en = "A key: {{name}}"
vi = "Một khóa truy cập: {{name}}"
zh = "一个密钥：{{name}}"

[defaults.reason]
en = "{{words}} opens an account or a service to whoever reads it, and programs look for such keys within minutes."
vi = "{{words}} mở tài khoản hoặc dịch vụ cho bất kỳ ai đọc được, và có chương trình tìm những khóa này trong vài phút."
zh = "{{words}} 能让看到它的人进入账号或服务，几分钟内就会有程序来找这种密钥。"

[defaults.advice]
en = "Replace it with a made-up value. If it has been shared already, revoke it and make a new one."
vi = "Hãy thay bằng giá trị giả. Nếu đã lỡ chia sẻ, hãy thu hồi và tạo khóa mới."
zh = "换成一个假的值。如果已经发出去了，请作废并重新生成。"
"""

ASSIGN = r"""[\w.\s-]{0,30}["'`\]]{0,2}\s{0,3}(?:=|:|=>|:=|\|\|:|<=|,)\s{0,3}["'`=]{0,3}"""


def rows(table: str) -> Iterator[list[str]]:
    """Yield the cells of a table's lines; a pattern may hold bars without blanks around them."""
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in re.split(r" \| ", line)]


def drawn(pattern: str, rng: random.Random) -> str:
    """Return a text that a simple pattern matches, drawn at random."""
    return "".join(_drawn(list(parser.parse(pattern)), rng))


def _drawn(items: list[Any], rng: random.Random) -> Iterator[str]:
    for operation, value in items:
        if operation is kind.LITERAL:
            yield chr(value)
        elif operation is kind.IN:
            yield chr(rng.choice(_members(value)))
        elif operation is kind.MAX_REPEAT:
            low, high, inner = value
            for _ in range(rng.randint(low, min(high, low + 3))):
                yield from _drawn(list(inner), rng)
        elif operation is kind.CATEGORY:
            yield rng.choice("0123456789")
        elif operation is kind.SUBPATTERN:
            yield from _drawn(list(value[3]), rng)
        elif operation is kind.BRANCH:
            yield from _drawn(list(rng.choice(value[1])), rng)
        else:
            raise ValueError(f"cannot draw {operation}")


def _members(values: list[Any]) -> list[int]:
    found: list[int] = []
    for operation, value in values:
        if operation is kind.CATEGORY:
            found += range(ord("0"), ord("9") + 1)
        else:
            found += range(value[0], value[1] + 1) if operation is kind.RANGE else [value]
    return found


def spoken(title: str) -> str:
    """Return a title in the three languages as an inline table of TOML; names of products stay as they are.

    >>> spoken("Slack bot token")
    '{en = "Slack bot token", vi = "token bot Slack", zh = "Slack 机器人令牌"}'
    """
    for words, vietnamese, chinese in list(rows(KINDS))[1:]:
        if title.lower().endswith(f" {words.lower()}"):
            product = title[: -len(words) - 1]
            vi, zh = (product.replace(" or ", joint) for joint in (" hoặc ", " 或 "))
            return f'{{en = "{title}", vi = "{vietnamese} {vi}", zh = "{zh} {chinese}"}}'
    raise ValueError(f"{title}: say in KINDS what it is in Vietnamese and Chinese")


def literal(text: str) -> str:
    """Return ``text`` as a literal string of TOML."""
    return f"'''{text}'''"


def token_rule(row: list[str], rng: random.Random) -> str:
    """Return the rule of a token that is known by its own form."""
    name, title, anchors, pattern = row
    sample = drawn(pattern, rng)
    known = "token" if anchors.startswith("token") else "key"
    hits = ", ".join(literal(text) for text in (f"{known}: {sample}", f'{known} = "{drawn(pattern, rng)}"'))
    quoted = ", ".join(literal(anchor) for anchor in anchors.split(","))
    return f"""
[[rule]]
id = "credential.{name}"
name = {spoken(title)}
anchors = [{quoted}]
hits = [{hits}]
misses = [{literal(sample[: len(sample) // 2])}]
{EXTRA.get(name, "")}[[rule.patterns]]
match = {literal(rf"(?<![A-Za-z0-9_/+-])(?P<v>{pattern})(?![A-Za-z0-9_-])")}
"""


def assigned_rule(row: list[str], rng: random.Random) -> str:
    """Return the rule of a key that is known by the variable it is put into."""
    word, title, value = row
    samples = [drawn(value, rng) for _ in range(2)]
    hits = ", ".join(literal(t) for t in (f'{word}_key = "{samples[0]}"', f"{word.upper()}_TOKEN={samples[1]}"))
    pattern = rf"(?<![a-z0-9])(?:{word}|{word.upper()}|{word.capitalize()}){ASSIGN}(?P<v>{value})(?![A-Za-z0-9_+/-])"
    return f"""
[[rule]]
id = "credential.assigned.{word.replace("_", "-")}"
name = {spoken(title)}
anchors = ["{word}"]
hits = [{hits}]
misses = [{literal(f"{word} is a fine service")}, {literal(f'{word}_key = "your-key-goes-here"')}]
[[rule.patterns]]
match = {literal(pattern)}
"""


def main() -> None:
    """Write both packs."""
    rng = random.Random(7)
    tokens = HEAD.format(
        id="credentials-tokens",
        description="Tokens and keys that are known by their own form, one rule a vendor's format.",
        validator="token_like",
    ) + "".join(token_rule(row, rng) for row in rows(TOKENS))
    assigned = HEAD.format(
        id="credentials-assigned",
        description="Keys without a form of their own, known by the name of what they are assigned to.",
        validator="token_mixed",
    ) + "".join(assigned_rule(row, rng) for row in rows(ASSIGNED))
    (PACKS / "credentials-tokens.toml").write_text(tokens, encoding="utf-8")
    (PACKS / "credentials-assigned.toml").write_text(assigned, encoding="utf-8")
    print(f"{tokens.count('[[rule]]')} token formats, {assigned.count('[[rule]]')} assigned keys")


if __name__ == "__main__":
    main()

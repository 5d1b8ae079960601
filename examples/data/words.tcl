# SPDX-License-Identifier: GPL-3.0-or-later
# The words the example portfolio is made of. Everything is invented and shows it: company names end in （例） or
# (sample), persons are called by a surname and one of the ten heavenly stems (赵甲 Zhao Jia, 钱乙 Qian Yi …), the
# traditional way to write "Mr A, Ms B" in Chinese teaching texts.
namespace eval words {
    # code, name, English name, industry, kind, ownership, region, role in the story (see generate.tcl)
    variable accounts {
        DAXIANG   大象集团 {Elephant Group}          trade       company private    华东 parent
        HUAXIN   华兴科技   {Huaxin Technology}    electronics company listed     华东 flagship
        YUNSHAN   云杉电气 {Spruce Electric}      machinery   company private    华东 growing-member
        BAILU     白鹭医疗 {Egret Medical}      healthcare  company private    华北 advocate
        LANJING   蓝鲸港机 {Blue Whale Port Machinery} machinery company state      华东 problem-complaint
        QINGHE    青禾食品 {Green Crop Foods}         food        company private    华中 captive
        CHIYAN    赤焰能源 {Red Flame Energy}      energy      company state      西北 large-declining
        SHILIU    石榴银行 {Pomegranate Bank}         finance     company state      华北 large-stable
        LIULI     琉璃电子 {Glaze Electronics}   electronics company joint-venture 华南 growing
        LINGYANG  羚羊汽车 {Antelope Automotive}     automotive  company joint-venture 华南 large-stable
        HAIOU     海鸥物流 {Seagull Logistics}     logistics   company private    华东 growing
        ZHUXI     竹溪大学 {Bamboo Creek University}    education   company government 华北 stable
        SHANHU    珊瑚化工 {Coral Chemicals}    chemicals   company listed     华南 problem-overdue
        XIQUE     喜鹊贸易 {Magpie Trading}         trade       middleman private  华东 no-value
        LIUXING   流星通信 {Meteor Telecom}    telecom     company listed     华南 large-stable
        YINGHUO   萤火软件 {Firefly Software}      software    company private    华东 new
        LINGZHI   灵芝制药 {Lingzhi Pharma}       healthcare  company listed     华中 stable
        CANSI     蚕丝纺织 {Silkworm Textiles}    textiles    company private    华东 declining
        YANSHI    岩石建材 {Rock Materials}  building    company private    西南 declining
        XINIU     犀牛轮胎 {Rhino Tyres}          automotive  company listed     华北 stable
        MAYI      蚂蚁钢构 {Ant Steel Structures} building company state      华北 problem-survey
        WUGUI     乌龟保险 {Tortoise Insurance}     finance     company listed     华东 stable
        YUHENG    玉衡仪表 {Yuheng Instruments}  electronics company state      华北 loyal
        LEIDIAN   雷电电力 {Thunder Power}         energy      company state      西南 stable
        YANGTUO   羊驼乳业 {Alpaca Dairy}          food        company private    华北 growing
        OUDUAN    藕段管道 {Lotus Root Pipes}       building    company private    华北 lost
        TIECHUI   铁锤机床 {Hammer Machine Tools} machinery  company private    东北 loyal-member
        KONGQUE   孔雀服饰 {Peacock Apparel}       textiles    company private    华南 first-time
        PUGONG    蒲公英矿业 {Dandelion Mining}       energy      company state      西南 lost
        HAIXING   海星酒店 {Starfish Hotels}        services    company private    华南 repeat-small
        NITU      泥土陶瓷 {Clay Ceramics}      building    company private    华中 lost
        MENGMA    猛犸重工 {Mammoth Heavy Industry} machinery  company state      西北 incubating
        SONGGUO   松果咨询 {Pine Cone Consulting}     services    company private    华东 small-good
        MOZHI     墨汁印刷 {Ink Printing}      services    company private    华东 repeat-small
        YANZI     燕子航空 {Swallow Aviation}    logistics   company state      西北 selling
        DENGTA    灯塔照明 {Lighthouse Lighting}        electronics company private    华南 new
        AICAO     艾草医院 {Mugwort Hospital}       healthcare  company government 华东 stable
        SONGSHU   松鼠家具 {Squirrel Furniture}   trade       company private    华南 repeat-small
        GAOLIANG  高粱酒业 {Sorghum Spirits}      food        company private    西南 declining
        LUXIANG   绿象环保 {Green Elephant Environment}    services    company private    华东 growing
        QIAOGU    巧谷地产 {Clever Valley Property}       building    company private    华北 winning-back
        XINGQIU   星球教育 {Planet Education}     education   company private    华东 new
        SHUIXIAN  水仙烟草 {Narcissus Tobacco}     food        company state      西南 selling
        LUOTUO    骆驼旅游 {Camel Travel}        services    company private    西南 first-time
        HUANGNIU  黄牛农机 {Ox Farm Machines} machinery company private    东北 lapsed-incubating
        XIAOXIONG 小熊猫家电 {Red Panda Appliances}     electronics company private    华南 stable
        YUDI      雨滴水务 {Raindrop Water}         energy      company government 华北 selling
        TENGMAN   藤蔓园林 {Vine Gardens}    services    company private    华东 repeat-small
        YEMA      野马畜牧 {Wild Horse Livestock}    food        company private    西北 potential
        LIEBAO    猎豹体育 {Cheetah Sports}        textiles    company private    华南 potential
        MIFENG    蜜蜂数据 {Honeybee Data}          software    company state      华北 selling
        JIAOPI    胶皮塑料 {Rubber Plastics}      chemicals   end-user private 华南 slowing
        TIANPING  天平律所 {Balance Law}            services    company private    华北 potential
        LUHUI     芦荟疫苗 {Aloe Vaccines}      healthcare  company private    华北 incubating
        PAOPAO    泡泡游戏 {Bubble Games}       software    company private    华南 potential
        XIAOYANG  小羊乳品 {Lamb Milk}          food        company private    西北 winning-back
        QICHUAN   漆船船务 {Lacquer Boat Shipping}       logistics   end-user private 华东 repeat-small
        HEMA      河马水泥 {Hippo Cement}        building    company private    东北 problem-unhappy
        DOUYA     豆芽批发 {Bean Sprout Wholesale}    trade       middleman private  华中 returns
        TUOLING   驼铃贸易 {Camel Bell Trading}         trade       middleman private  西北 potential
    }
    variable industries {electronics {电子 | Electronics} machinery {机械 | Machinery} healthcare {医疗 | Healthcare} food {食品 | Food}
        energy {能源 | Energy} finance {金融 | Finance} automotive {汽车 | Automotive} logistics {物流 | Logistics} education {教育 | Education}
        chemicals {化工 | Chemicals} trade {贸易 | Trade} telecom {通信 | Telecom} software {软件 | Software} textiles {纺织 | Textiles}
        building {建筑 | Building} services {服务 | Services}}
    variable regions {华东 {华东 | East} 华北 {华北 | North} 华南 {华南 | South} 华中 {华中 | Central} 西北 {西北 | Northwest} 西南 {西南 | Southwest} 东北 {东北 | Northeast}}
    variable surnames {赵 Zhao 钱 Qian 孙 Sun 李 Li 周 Zhou 吴 Wu 郑 Zheng 王 Wang 冯 Feng 陈 Chen 褚 Chu 卫 Wei
        蒋 Jiang 沈 Shen 韩 Han 杨 Yang 朱 Zhu 秦 Qin 尤 You 许 Xu 何 He 吕 Lv 施 Shi 张 Zhang 孔 Kong 曹 Cao
        严 Yan 华 Hua 金 Jin 魏 Wei 陶 Tao 姜 Jiang 戚 Qi 谢 Xie 邹 Zou 喻 Yu 柏 Bai 水 Shui 窦 Dou 章 Zhang}
    variable stems {甲 Jia 乙 Yi 丙 Bing 丁 Ding 戊 Wu 己 Ji 庚 Geng 辛 Xin 壬 Ren 癸 Gui}
    # sku, name, English name, category, list price, unit cost, days of use
    variable products {
        PLC-100 可编程控制器   {Programmable controller} {控制 | Control}   4800.00 2950.00 {}
        PLC-300 高端控制器     {High-end controller}     {控制 | Control}  18600.00 10400.00 {}
        HMI-7   七寸触摸屏     {7-inch touch panel}      {控制 | Control}   1650.00  980.00 {}
        HMI-15  十五寸触摸屏   {15-inch touch panel}     {控制 | Control}   5200.00 3150.00 {}
        SEN-T   温度传感器     {Temperature sensor}      {传感 | Sensors}     260.00  118.00 365
        SEN-P   压力传感器     {Pressure sensor}         {传感 | Sensors}     430.00  205.00 365
        SEN-V   视觉传感器     {Vision sensor}           {传感 | Sensors}    9800.00 6100.00 {}
        DRV-5   变频器五千瓦   {5 kW drive}              {传动 | Drives}     3900.00 2480.00 {}
        DRV-22  变频器廿二千瓦 {22 kW drive}             {传动 | Drives}    12400.00 8050.00 {}
        CBL-10  工业电缆       {Industrial cable}        {耗材 | Supplies}     320.00  225.00 90
        FLT-K   滤芯套装       {Filter kit}              {耗材 | Supplies}     540.00  260.00 60
        SW-SCADA 监控软件授权  {SCADA licence}           {软件 | Software} 36000.00 5200.00 {}
        SVC-Y   年度维护       {Yearly maintenance}      {服务 | Services}  24000.00 11500.00 365
        TRN-D   培训日         {Training day}            {服务 | Services}   8000.00 4100.00 {}
    }
    # code, name, English name, title, executive?, capacity
    variable reps {
        R01 李一 {Li Yi}     {客户总监 | Account director} 1 20
        R02 王二 {Wang Er}   {客户经理 | Account manager} 0 20
        R03 张三 {Zhang San} {客户经理 | Account manager} 0 18
        R04 李四 {Li Si}     {客户经理 | Account manager} 0 16
        R05 王五 {Wang Wu}   {总经理 | General manager} 1 5
        R06 赵六 {Zhao Liu}  {客户经理 | Account manager} 0 40
        R07 钱七 {Qian Qi}   {客户经理 | Account manager} 0 36
    }
    variable competitors {
        C-ALPHA 阿尔法自动化 {Alpha Automation}
        C-BETA  贝塔控制     {Beta Controls}
        C-GAMMA 伽马智能     {Gamma Intelligent}
    }
    # title, English title, department, layer, buying role, authority, participation
    variable seats {
        总经理     {General manager}      {管理层 | Management} decision       decider    9 4
        副总经理   {Deputy general manager} {管理层 | Management} image          decider    8 3
        技术总监   {Technical director}   {技术部 | Engineering} implementation gatekeeper 6 7
        财务总监   {Finance director}     {财务部 | Finance} decision       gatekeeper 7 4
        采购经理   {Purchasing manager}   {采购部 | Purchasing} implementation purchaser  4 8
        设备经理   {Equipment manager}    {设备部 | Equipment} implementation gatekeeper 4 7
        生产主管   {Production supervisor} {生产部 | Production} use            user       3 6
        维护工程师 {Maintenance engineer} {设备部 | Equipment} use            user       2 5
        信息主管   {IT supervisor}        {信息部 | IT} use            user       3 3
        质量主管   {Quality supervisor}   {质量部 | Quality} use            user       3 4
        采购专员   {Buyer}                {采购部 | Purchasing} implementation purchaser  2 6
        行政主任   {Office head}          {行政部 | Administration} image          {}         3 2
        车间主任   {Workshop head}        {生产部 | Production} use            user       4 7
        研发经理   {R&D manager}          {研发部 | R&D} implementation gatekeeper 5 6
    }
    variable opportunity_topics {
        {产线自动化改造} {Line automation} {控制系统升级} {Control system upgrade} {传感器年度框架} {Sensor frame order}
        {节能变频项目} {Energy-saving drives} {监控平台建设} {Monitoring platform} {备件框架协议} {Spare-part agreement}
        {新厂设备配套} {New plant equipment} {视觉检测试点} {Vision inspection pilot}
    }
}
